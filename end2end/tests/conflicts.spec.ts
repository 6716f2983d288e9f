// Law keeps a time until somebody has looked at the names: cleared, it is booked and mailed; refused, the client reads the
// same page and the same mail as when there is no capacity.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { mailTo, type Mail } from '../support/mail';
import { openMenu } from '../support/menu';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

const CHECKER = 'conflicts@sample.invalid';
const SUPERVISOR = 'law.supervisor@sample.invalid';

/** Asks for a time in law, against somebody whom no other test names; returns the reference. */
async function askForTime(page: Page, javaScript: boolean | undefined, nth: number, email: string, name: string): Promise<string> {
  await start(page, 'Law clinic');
  await answerAll(page);
  await awake(page, javaScript);
  await pick(page, nth);
  await giveDetails(page, email, name);
  await send(page, 'Ask for this appointment');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('We are keeping this time for you');
  return (await page.locator('.reference .reference-groups span').allInnerTexts()).join('-');
}

async function sane(page: Page, javaScript: boolean | undefined): Promise<void> {
  if (javaScript !== false) await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
}

const text = (mail: Mail) => mail.parts.find(({ type }) => type === 'text/plain')!.text;
const link = (mail: Mail) => new URL(/https?:\/\/\S+\/appointments\/[^\s/]+/.exec(text(mail))![0]).pathname;
const calendars = (mail: Mail) => mail.parts.filter(({ type }) => type.includes('calendar'));

async function decide(page: Page, reference: string, button: string, javaScript: boolean | undefined): Promise<void> {
  await page.goto('/staff/conflicts');
  await sane(page, javaScript);
  await page.goto(`/staff/conflicts/${reference}`);
  await sane(page, javaScript);
  await expect(page.locator('main')).toContainText('What happened is sealed');
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByText('Say why.').first()).toBeVisible();
  await page.getByLabel('Why do you decide this way?').fill('I looked at the names.');
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.goto(`/staff/conflicts/${reference}`);
  await expect(page.locator('main')).toContainText('I looked at the names.');
}

test('a time in law is asked for, cleared, and then confirmed with a mail', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('cleared', info.project.name);
  const reference = await askForTime(page, javaScriptEnabled, 5, email, `Jale Sample ${info.project.name}`);
  const received = await mailTo(email);
  expect(received.subject).toMatch(/^We are keeping a time for you on /);
  expect(calendars(received)).toEqual([]);
  await signIn(page, CHECKER);
  await decide(page, reference, 'Clear', javaScriptEnabled);
  const confirmed = await mailTo(email, { count: 2 });
  expect(confirmed.subject).toMatch(/^Your appointment on /);
  expect(calendars(confirmed)).toHaveLength(1);
  expect(`${confirmed.subject} ${text(confirmed)}`.toLowerCase()).not.toContain('conflict');
  await page.goto(link(confirmed));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment');
  await sane(page, javaScriptEnabled);
});

test('a refusal for the names and one for want of capacity are the same page and the same mail', async ({ page, javaScriptEnabled }, info) => {
  const told: { mail: Mail; page: string; status: number; headers: string[] }[] = [];
  for (const [nth, why] of [[7, 'refused'], [9, 'no capacity']] as const) {
    const email = someone(why, info.project.name);
    const reference = await askForTime(page, javaScriptEnabled, nth, email, `Kemal Sample ${info.project.name}`);
    if (why === 'refused') {
      await signIn(page, CHECKER);
      await decide(page, reference, 'Refuse', javaScriptEnabled);
    } else {
      await signIn(page, SUPERVISOR);
      await page.goto(`/staff/appointments/${reference}`);
      await page.getByText('We have no capacity').click();
      await page.getByRole('button', { name: 'Say that we cannot help' }).click();
    }
    await page.goto('/staff');
    await openMenu(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    const mail = await mailTo(email, { count: 2 });
    const answer = await page.request.get(link(mail));
    const headers = Object.keys(answer.headers()).filter((name) => name !== 'date').sort();
    told.push({ mail, page: await answer.text(), status: answer.status(), headers });
    await page.goto(link(mail));
    await expect(page.locator('main')).toContainText('We cannot take this on.');
    await expect(page.locator('main')).not.toContainText(/conflict/i);
    await sane(page, javaScriptEnabled);
  }
  const [refused, full] = told;
  expect(refused.page).toBe(full.page);
  expect([refused.status, refused.headers]).toEqual([full.status, full.headers]);
  expect(refused.mail.subject).toBe(full.mail.subject);
  expect(calendars(refused.mail)).toHaveLength(calendars(full.mail).length);
  const bare = (mail: Mail) => text(mail).replaceAll(/\/appointments\/\S+/g, '/appointments/-');
  expect(bare(refused.mail)).toBe(bare(full.mail));
});
