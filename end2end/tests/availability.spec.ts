// A clinic's time at the desk: a clinic from nothing to its first time that can be booked, and a change that is looked at first.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { openMenu } from '../support/menu';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

/** Fits the screen, and axe finds nothing. */
async function good(page: Page, scripts: boolean | undefined) {
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(fits, `${page.url()} is wider than the screen`).toBe(true);
  if (scripts !== false) await expectAccessible(page);
}

/** The local date so many days from now. */
function day(from: number): string {
  return new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
}

async function lookAndSave(page: Page, scripts: boolean | undefined) {
  await good(page, scripts);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await expect(page.locator('main')).toContainText('Nothing is saved yet');
  await good(page, scripts);
  await page.getByRole('button', { name: 'Save this change' }).click();
}

test('a manager sets up a clinic from nothing, and a client books its first time', async ({ page, javaScriptEnabled }, info) => {
  test.setTimeout(240_000);
  const name = `Bicycle clinic ${info.project.name} ${Date.now() % 100_000}`;
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await openMenu(page);
  await page.getByRole('link', { name: 'Clinics and settings' }).click();
  await good(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Make a new clinic' }).click();
  await page.getByLabel('Name of the clinic').fill(name);
  await good(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('8 things are still missing');
  await good(page, javaScriptEnabled);
  const home = page.url();
  const clinic = home.split('/').pop()!;

  await page.getByRole('link', { name: 'Write them' }).click();
  const words: [string, string][] = [
    ['One plain sentence about it', 'Help with bicycles.'],
    ['Everyday problems, one on each line', 'My bell is flat.'],
    ['What people get, one on each line', 'We look at your bicycle.'],
    ['Who it is for', 'People who ride.'],
    ['Who meets the person, and who checks the work', 'Students mend it. A supervisor checks it.'],
    ['Address', '1 Sample Street'],
    ['How to find it', 'Turn left.'],
    ['How to come without steps', 'There are no steps.'],
    ['Days and hours, in words', 'Every day, in term.'],
  ];
  for (const [label, text] of words) await page.getByLabel(label, { exact: true }).fill(text);
  await good(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(home);

  await page.locator('.check-list').getByRole('link', { name: 'Add a service' }).click();
  await page.getByLabel('Name', { exact: true }).fill('First visit');
  await lookAndSave(page, javaScriptEnabled);
  await expect(page).toHaveURL(home);

  const hours = `/staff/availability/${clinic}`;
  await page.goto(`${hours}/person/new`);
  await page.getByLabel('Name', { exact: true }).fill(`Pat Sample ${clinic}`);
  await page.getByLabel('First visit').check();
  await lookAndSave(page, javaScriptEnabled);
  await page.goto(`${hours}/person/new`);
  await page.getByLabel('Name', { exact: true }).fill(`Sam Sample ${clinic}`);
  await lookAndSave(page, javaScriptEnabled);
  await page.goto(`${hours}/room/new`);
  await page.getByLabel('Name', { exact: true }).fill(`Sample shed ${clinic}`);
  await page.getByLabel('No steps').check();
  await lookAndSave(page, javaScriptEnabled);
  // The sample set-up has a term for all clinics, so there is one already.
  for (const weekday of ['1', '2', '3', '4', '5']) {
    await page.goto(`${hours}/session/new`);
    await page.getByLabel('Day of the week').selectOption(weekday);
    await page.getByRole('group', { name: 'Who advises' }).getByLabel(/Pat Sample/).check();
    await page.getByRole('group', { name: 'Who supervises' }).getByLabel(/Sam Sample/).check();
    await page.getByRole('group', { name: 'Rooms' }).getByLabel(/Sample shed/).check();
    if (weekday === '1') await lookAndSave(page, javaScriptEnabled);
    else {
      await page.getByRole('button', { name: 'See what it would do' }).click();
      await page.getByRole('button', { name: 'Save this change' }).click();
    }
    await expect(page).toHaveURL(/\/staff\/availability\?clinic=/);
  }
  await good(page, javaScriptEnabled);
  await page.goto(home);
  await page.getByRole('button', { name: 'Start with the shared questions' }).click();
  await expect(page.locator('main')).toContainText('Nothing is missing');
  await expect(page.locator('main')).toContainText('The first time that can be booked');
  await page.getByRole('button', { name: 'Switch the clinic on' }).click();
  await expect(page.getByRole('button', { name: 'Switch the clinic off' })).toBeVisible();
  await good(page, javaScriptEnabled);

  // A client sees it on the first page, answers the shared questions, and books its first time.
  await start(page, name);
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page);
  await giveDetails(page, someone('new-clinic', info.project.name));
  await send(page, 'Book this appointment');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');
});

test('what a change would do is shown first, and leaving it changes nothing', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto('/staff/availability?clinic=nutrition');
  await good(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Add a closed day' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Sample flood');
  await page.getByLabel('First day', { exact: true }).fill(day(1));
  await page.getByLabel('Last day', { exact: true }).fill(day(21));
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await expect(page.locator('main')).toContainText('Appointments in trouble');
  await expect(page.locator('td.lost').first()).toBeVisible();
  await good(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.locator('main')).not.toContainText('Sample flood');
});

test('when somebody drops out, the dry run shows what would happen to each appointment', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto('/staff/availability?clinic=nutrition');
  await page.getByRole('link', { name: 'Somebody drops out' }).click();
  await good(page, javaScriptEnabled);
  await page.getByLabel('Who or what').selectOption({ label: 'Leila Sample' });
  await page.getByLabel('From the first day to the last').check();
  await page.getByLabel('First day', { exact: true }).fill(day(0));
  await page.getByLabel('Last day', { exact: true }).fill(day(28));
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await expect(page.locator('main')).toContainText('Nothing is saved yet');
  await good(page, javaScriptEnabled);
});
