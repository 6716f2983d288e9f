// A busy afternoon at the front desk, by keyboard alone: twelve tasks, one after the other, as they come.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask, beginsEarlier, book, openAllDay, type Client } from '../support/afternoon';
import { asked, awake, harmless } from '../support/journey';
import { choose, enter, select, tabTo, type, typeDate } from '../support/keys';
import { mailsTo } from '../support/mail';
import { expect, test } from '../support/own';
import { passwordOf } from '../support/staff';

test.use({ arrange: async ({}, use) => use(openAllDay) });

const SUPERVISOR = 'nutrition.supervisor@sample.invalid';

/** The hour by London's clocks. */
function hour(): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/London' }).format());
}

/** The date so many days from now. */
function date(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** By the desk's menu, which is folded on a phone. */
async function goTo(page: Page, name: string): Promise<void> {
  const fold = page.locator('.rail-menu:not([open]) > summary');
  await expect(page.locator('.rail')).toBeVisible();
  if (await fold.isVisible()) await enter(page, fold);
  await enter(page, page.getByRole('navigation', { name: 'Staff pages' }).getByRole('link', { name, exact: false }));
}

/** Finds somebody by what they say of themselves, and opens their appointment. */
async function open(page: Page, said: string, client: Client): Promise<void> {
  await type(page, page.locator('#find'), said);
  await page.keyboard.press('Enter');
  // A reference leads there at once, a name to those who have it.
  await expect(page).toHaveURL(new RegExp(`/staff/find$|/${client.reference}$`));
  if (page.url().endsWith('/find')) await enter(page, page.locator('main').getByRole('link', { name: client.name }));
  await expect(page).toHaveURL(`/staff/appointments/${client.reference}`);
}

/** Presses one of the day's buttons, wherever it stands: alone, or behind "More". */
async function tick(page: Page, name: RegExp): Promise<void> {
  const button = page.locator('main').getByRole('button', { name }).or(page.locator('main').getByRole('link', { name })).first();
  await expect(page.locator('main .at-desk')).toBeVisible();
  if (!(await button.isVisible())) await enter(page, page.locator('main .day-more > summary').first());
  await enter(page, button);
}

/** Answers each question so that nothing is flagged. */
async function answerAll(page: Page): Promise<void> {
  await page.waitForURL(/\/questions\/\w+$/);
  while (asked(page)) {
    const options = page.locator('input[name=answer]:is([type=radio], [type=checkbox])');
    const values = await options.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    if (values.length) await choose(page, page.locator(`input[name=answer][value="${harmless(asked(page), values)}"]`));
    else await type(page, page.locator('[name=answer]'), 'Sample');
    const before = page.url();
    await enter(page, page.getByRole('button', { name: 'Continue' }));
    await expect(page).not.toHaveURL(before);
  }
}

/** From the times to the reference, for somebody who has only a telephone; ends the call. */
async function finishCall(page: Page, name: string, phone: string, javaScript: boolean | undefined): Promise<void> {
  await expect(page).toHaveURL(/\/times/);
  await awake(page, javaScript);
  const byPhone = page.locator('input[type=radio][name=mode][value=phone][id^=meet]');
  await choose(page, page.locator('input[type=radio][name=start]').first());
  if (await byPhone.count()) await choose(page, byPhone);
  await enter(page, page.getByRole('button', { name: 'Continue' }));
  await type(page, page.getByLabel('Your name'), name);
  await choose(page, page.getByLabel('By phone'));
  await type(page, page.getByLabel('Your phone number'), phone);
  await choose(page, page.locator('input[name=safe_to_call][value=yes]'));
  await choose(page, page.locator('input[name=leave_message][value=no]'));
  await type(page, page.getByLabel('First part of your postcode'), 'N7');
  await enter(page, page.getByRole('button', { name: 'Continue' }));
  await enter(page, page.getByRole('button', { name: 'Book this appointment' }));
  await enter(page, page.getByRole('button', { name: 'Skip these questions' }));
  await expect(page).toHaveURL(/\/done$/);
  await enter(page, page.getByRole('button', { name: 'End this call' }));
  await expect(page).toHaveURL(/\/staff\/phone$/);
}

test('a receptionist gets through an afternoon of twelve tasks by keyboard', async ({ page, own, javaScriptEnabled, complaints }, info) => {
  test.skip(hour() < 2 || hour() >= 20, 'the afternoon is today: around midnight there is no room for it');
  test.setTimeout(300_000);
  const request = page.request;
  const client = (name: string, mode = 'phone') => book(request, name, `${name.split(' ')[0].toLowerCase()}@example.org`, mode);
  const ada = await client('Ada Afternoon', 'in_person');
  const bob = await client('Bob Afternoon');
  const cem = await client('Cem Afternoon');
  const dot = await client('Dot Afternoon');
  const eli = await client('Eli Afternoon');
  const fay = await ask(request, 'Fay Afternoon', 'fay@example.org');
  await beginsEarlier(join(own.folder, 'clinics.db'), dot);
  /** Waits until somebody has been sent a mail with this in it. */
  const told = (one: Client, words: RegExp) =>
    expect
      .poll(async () => {
        const mails = await mailsTo(one.email, join(own.folder, 'mail'));
        return mails.some((mail) => mail.parts.some(({ text }) => words.test(text)));
      }, { message: `${one.name} is told`, timeout: 30_000 })
      .toBe(true);

  await page.goto('/staff/sign-in');
  await type(page, page.getByLabel('Email address'), SUPERVISOR);
  await type(page, page.getByLabel('Password'), await passwordOf(SUPERVISOR, own.folder));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/staff$/);

  await test.step('1 find: "it is Ada, I had a reference"', async () => {
    await open(page, ada.reference, ada);
    await expect(page.locator('main')).toContainText('ada@example.org');
  });

  await test.step('2 check in', async () => {
    await tick(page, /^Check in/);
    await expect(page.locator('main .at-desk [data-state=arrived]')).toBeVisible();
  });

  await test.step('3 move', async () => {
    await open(page, 'Bob', bob);
    await enter(page, page.getByRole('link', { name: 'Move to another time' }));
    await enter(page, page.locator('form button[name=start]').nth(40));
    await expect(page).toHaveURL(`/staff/appointments/${bob.reference}`);
    await expect(page.locator('main')).toContainText('moved it to another time');
    await told(bob, /SEQUENCE:1\b/);
  });

  await test.step('4 cancel', async () => {
    await open(page, cem.reference.toLowerCase(), cem);
    await enter(page, page.getByText('Cancel for the clinic'));
    await enter(page, page.getByRole('button', { name: 'Yes, cancel this appointment' }));
    await expect(page.locator('main .desk-head [data-state=cancelled]')).toBeVisible();
    await told(cem, /METHOD:CANCEL/);
  });

  await test.step('5 walk-in', async () => {
    await goTo(page, 'Today');
    await enter(page, page.getByRole('button', { name: 'Start the questions' }));
    await answerAll(page);
    await finishCall(page, 'Gil Afternoon', '020 7946 0101', javaScriptEnabled);
    await goTo(page, 'Today');
    const gil = page.getByRole('row').filter({ hasText: 'Gil Afternoon' });
    await expect(gil).toContainText('Walked in');
    await expect(gil.locator('[data-state=arrived]')).toBeVisible();
  });

  await test.step('6 miss', async () => {
    await open(page, 'dot afternoon', dot);
    await tick(page, /^Did not come/);
    await expect(page.locator('main .desk-head [data-state=missed]')).toBeVisible();
  });

  await test.step('7 block', async () => {
    await goTo(page, 'Hours and people');
    await enter(page, page.getByRole('link', { name: 'Add time away or a block' }));
    const clinic = page.getByLabel('Who or what');
    const whole = await clinic.locator('option', { hasText: 'The whole clinic' }).getAttribute('value');
    await select(page, clinic, whole!);
    await typeDate(page, page.getByLabel('First day', { exact: true }), date(30));
    await typeDate(page, page.getByLabel('Last day', { exact: true }), date(30));
    const event = page.getByLabel('Why', { exact: true });
    const kind = await event.locator('option', { hasText: 'event' }).first().getAttribute('value');
    await select(page, event, kind!);
    await type(page, page.getByLabel('A short name'), 'Sample open day');
    await enter(page, page.getByRole('button', { name: 'See what it would do' }));
    await expect(page.locator('main')).toContainText('Nothing is saved yet');
    await expect(page.locator('td.lost').first()).toBeVisible();
    await enter(page, page.getByRole('button', { name: 'Save this change' }));
    await expect(page.locator('main')).toContainText('Sample open day');
  });

  await test.step('8 reallocate', async () => {
    await open(page, 'eli after', eli);
    const adviser = page.locator('#crew select[name=adviser]');
    const before = await adviser.inputValue();
    const values = await adviser.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    const other = values.find((value) => value && value !== before);
    expect(other, 'somebody else is free').toBeTruthy();
    await select(page, adviser, other!);
    await enter(page, page.getByRole('button', { name: 'Save people and room' }));
    await expect(page).toHaveURL(`/staff/appointments/${eli.reference}`);
    await expect(page.locator('#crew select[name=adviser]')).toHaveValue(other!);
  });

  await test.step('9 phone booking', async () => {
    await goTo(page, 'Phone');
    await choose(page, page.getByLabel('Nutrition clinic'));
    await enter(page, page.getByRole('button', { name: 'Start a call' }));
    await answerAll(page);
    await finishCall(page, 'Hal Afternoon', '020 7946 0102', javaScriptEnabled);
    await type(page, page.locator('#find'), '02079460102');
    await page.keyboard.press('Enter');
    await expect(page.locator('main').getByRole('link', { name: 'Hal Afternoon' })).toBeVisible();
  });

  await test.step('10 follow-up', async () => {
    await open(page, 'Ada Afternoon', ada);
    await tick(page, /^Start/);
    await expect(page.locator('main .at-desk')).toContainText('In the meeting');
    await tick(page, /^Finish/);
    await expect(page).toHaveURL(/\/outcome$/);
    await choose(page, page.getByLabel('There is more for us to do'));
    await choose(page, page.getByRole('group', { name: 'What it was about' }).getByRole('radio').first());
    await enter(page, page.getByRole('button', { name: 'Save' }));
    await expect(page).toHaveURL(`/staff/appointments/${ada.reference}`);
    await tick(page, /^Book another time/);
    await select(page, page.locator('#service'), 'nutrition-follow-up');
    await enter(page, page.getByRole('button', { name: 'Show times' }));
    await expect(page).toHaveURL(/service=nutrition-follow-up/);
    await choose(page, page.locator('input[type=radio][name=start]').first());
    await enter(page, page.getByRole('button', { name: 'Book this time' }));
    await expect(page).not.toHaveURL(/\/again/);
    await expect(page.locator('main')).toContainText('Follow-up');
  });

  await test.step('11 print', async () => {
    await goTo(page, 'Calendar');
    await enter(page, page.getByRole('link', { name: "Today's list to print" }));
    for (const name of ['Ada', 'Eli', 'Gil']) await expect(page.locator('main')).toContainText(`${name} Afternoon`);
    await expect(page.locator('main')).not.toContainText('Cem Afternoon');
    if (javaScriptEnabled !== false) {
      await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', '')));
      await enter(page, page.locator('[data-print]'));
      await expect(page.locator('body')).toHaveAttribute('data-printed');
    }
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('search')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('12 answer a request', async () => {
    await goTo(page, 'Requests');
    await enter(page, page.locator('main').getByRole('link', { name: fay.name }));
    await choose(page, page.getByLabel('Accept: the client picks any free time'));
    await type(page, page.getByLabel('Reason, for the record'), 'An interpreter is there.');
    await enter(page, page.getByRole('button', { name: 'Decide and tell the client' }));
    await expect(page.locator('main')).toContainText('Client can pick a time');
    await told(fay, /\/requests\//);
  });

  await tabTo(page, page.locator('#find'));
  await page.screenshot({ path: info.outputPath('afternoon.png') });
  expect(complaints).toEqual([]);
});
