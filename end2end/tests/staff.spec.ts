// Staff see what a person booked: who, where, when; and nobody else does.
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { openMenu } from '../support/menu';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

test('a booking appears in the week, the list and its own page with its history', async ({ page, javaScriptEnabled }, info) => {
  const name = `Farid Sample ${info.project.name}`;
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  const time = await pick(page, 4);
  await giveDetails(page, someone('staff', info.project.name), name);
  const date = await page.locator('main').getByText(/\w+day \d+ \w+ \d{4}/).first().innerText();
  await send(page, 'Book this appointment');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');

  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await expect(page.locator('body')).toContainText('Sample data');
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const day = new Date(`${/\d+ \w+ \d{4}/.exec(date)![0]} 12:00 UTC`).toISOString().slice(0, 10);
  for (const view of ['', '&view=list']) {
    await page.goto(`/staff/calendar?clinic=nutrition&week=${day}${view}`);
    await expect(page.locator('main')).toContainText(name);
    if (javaScriptEnabled !== false) await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    expect(wide, `${page.url()} is wider than the screen`).toBe(true);
  }
  await page.getByRole('link', { name: new RegExp(name) }).first().click();
  await expect(page).toHaveURL(/\/staff\/appointments\//);
  await expect(page.locator('main')).toContainText(name);
  await expect(page.locator('main')).toContainText(time);
  await expect(page.locator('main')).toContainText(/held|kept|booked/i);
  if (javaScriptEnabled !== false) await expectAccessible(page);
});

test('who is not of the law clinic sees nothing of it, and signing out ends it', async ({ page }) => {
  await signIn(page, 'sports.supervisor@sample.invalid');
  const answer = await page.goto('/staff/calendar?clinic=law');
  expect([403, 404]).toContain(answer!.status());
  await page.goto('/staff');
  await openMenu(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/staff');
  await expect(page).toHaveURL(/\/staff\/sign-in/);
});

test('a wrong password says so kindly and keeps the address', async ({ page }) => {
  await page.goto('/staff/sign-in');
  await page.getByLabel('Email address').fill('nobody@sample.invalid');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('Email address')).toHaveValue('nobody@sample.invalid');
});
