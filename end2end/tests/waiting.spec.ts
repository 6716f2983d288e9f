// The waiting list: nothing suits, so somebody joins it; a time is offered; yes, no and leaving go by a link.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, send, someone, start } from '../support/journey';
import { mailTo } from '../support/mail';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

async function good(page: Page, javaScript: boolean | undefined): Promise<void> {
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(fits, `${page.url()} is wider than the screen`).toBe(true);
  if (javaScript !== false) await expectAccessible(page);
}

/** Joins the list for Sundays, when nobody works: what is offered is what staff offer. Returns the path of the place. */
async function join(page: Page, javaScript: boolean | undefined, address: string, name: string): Promise<string> {
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScript);
  await page.getByRole('link', { name: 'Tell me when a time comes free' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tell us which times would do');
  await good(page, javaScript);
  await page.getByLabel('Sunday').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await giveDetails(page, address, name);
  await expect(page.locator('main')).toContainText('Times that would do');
  await expect(page.locator('main')).toContainText('Sunday');
  await good(page, javaScript);
  await send(page, 'Put me on the waiting list');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('You are on the waiting list');
  await good(page, javaScript);
  const mail = await mailTo(address);
  expect(mail.subject).toBe('You are on the waiting list');
  expect(mail.raw.toLowerCase()).not.toContain('nutrition');
  return new URL(/https?:\/\/\S+\/waiting\/[\w.-]+/.exec(mail.parts[0].text)![0]).pathname;
}

test('nothing suits: on the list, offered a time by staff with a reason, and taken by the link', async ({ page, javaScriptEnabled }, info) => {
  const address = someone('waiting', info.project.name);
  const name = `Wanda Sample ${info.project.name}`;
  const path = await join(page, javaScriptEnabled, address, name);
  await page.goto(path);
  await expect(page.locator('main')).toContainText('We have no time for you yet');
  await good(page, javaScriptEnabled);

  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto('/staff/requests');
  await good(page, javaScriptEnabled);
  await page.locator('#on-list').getByRole('link', { name }).click();
  await good(page, javaScriptEnabled);
  await page.getByLabel('A free time').selectOption({ index: 12 });
  await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('A free time')).not.toHaveValue('');
  await page.getByLabel('Why out of turn?').fill('A sample reason.');
  await good(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  // Other tests book too: a time that is just gone is told of, and the reason stays.
  for (let tries = 0; tries < 4 && (await page.getByText('That time has just gone').count()); tries++) {
    await expect(page.getByLabel('Why out of turn?')).toHaveValue('A sample reason.');
    await page.getByLabel('A free time').selectOption({ index: 20 + 3 * tries });
    await page.getByRole('button', { name: 'Keep it and tell them' }).click();
  }
  await expect(page.locator('main')).toContainText('waits for an answer');
  await expect(page.locator('main')).toContainText('A sample reason.');

  const offer = await mailTo(address, { count: 2 });
  expect(offer.subject).toContain('A time has come free on');
  expect(offer.raw).not.toContain('sample reason');
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'A time has come free' })).toBeVisible();
  await good(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Yes, I will take it' }).click();
  await expect(page).toHaveURL(/\/appointments\//);
  await expect(page.locator('main')).toContainText('Wanda');
  expect((await mailTo(address, { count: 3 })).raw).toContain('METHOD:REQUEST');
  await page.goto(path);
  await expect(page.getByRole('link', { name: 'See or cancel it' })).toBeVisible();
  await good(page, javaScriptEnabled);
});

test('leaving the list is a button behind a second step', async ({ page, javaScriptEnabled }, info) => {
  const path = await join(page, javaScriptEnabled, someone('leaving', info.project.name), `Leo Sample ${info.project.name}`);
  await page.goto(path);
  await page.getByText('Leave the waiting list').click();
  await good(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Yes, take me off the list' }).click();
  await expect(page.locator('main')).toContainText('You are off the list');
  await good(page, javaScriptEnabled);
});
