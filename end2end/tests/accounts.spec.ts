// People, one's own account, the second step and the record of who did what.
import { expectAccessible } from '../support/access';
import { openMenu } from '../support/menu';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

/** As wide as the screen and no wider, and nothing for axe to find. */
async function fitFor(page: Page, javaScript: boolean | undefined): Promise<void> {
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(fits, `${page.url()} is wider than the screen`).toBe(true);
  if (javaScript !== false) await expectAccessible(page);
}

test('the administrator invites a student until their last day', async ({ page, javaScriptEnabled }, info) => {
  await signIn(page, 'admin@sample.invalid');
  await page.goto('/staff/people');
  await fitFor(page, javaScriptEnabled);
  const name = `Nia Sample ${info.project.name}`;
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Email address').fill(`nia-${info.project.name}-${Date.now()}@example.org`);
  await page.getByLabel('Role', { exact: true }).selectOption('adviser@law');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.locator('main')).toContainText('Students need a last day');
  await fitFor(page, javaScriptEnabled);
  await page.getByLabel('Last day').fill('2099-12-18');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.locator('main')).toContainText('at most 400 days away');
  const last = new Date(Date.now() + 300 * 86_400_000);
  await page.getByLabel('Last day').fill(last.toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('status')).toContainText(name);
  await page.getByRole('link', { name }).first().click();
  await expect(page.locator('main')).toContainText(
    last.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  );
  await fitFor(page, javaScriptEnabled);
});

test('a calendar address and a second step belong to one person', async ({ page, javaScriptEnabled }, info) => {
  // Each project's own person: a second step that was begun is still begun at the next visit.
  const clinic = { js: 'charity', 'no-js': 'business' }[info.project.name] ?? 'nutrition';
  await signIn(page, `${clinic}.adviser@sample.invalid`);
  await openMenu(page);
  await page.locator('a[href="/staff/account"]').click();
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('button', { name: /Make a (calendar address|new one)/ }).click();
  const address = await page.locator('code.secret').innerText();
  await fitFor(page, javaScriptEnabled);
  const feed = await page.request.get(new URL(address).pathname);
  expect(feed.headers()['content-type']).toContain('text/calendar');
  expect(await feed.text()).toContain('BEGIN:VCALENDAR');
  await page.reload();
  await expect(page.locator('code.secret')).toHaveCount(0);
  await page.getByRole('link', { name: 'Add a second step' }).click();
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('img', { name: 'A picture that an app on your phone can read' })).toBeVisible();
  await fitFor(page, javaScriptEnabled);
});

test('what staff opened is in the record', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'sports.supervisor@sample.invalid');
  await page.goto('/staff/calendar?view=list');
  await page.locator('a[href^="/staff/appointments/"]').first().click();
  const reference = page.url().split('/').pop()!;
  await page.goto('/staff/audit?action=read');
  await expect(page.locator('main')).toContainText(reference);
  await expect(page.locator('main')).toContainText('opened it');
  await fitFor(page, javaScriptEnabled);
});
