// The working day at the desk and the reports, with and without JavaScript, at every width.
import { expectAccessible } from '../support/access';
import { ask } from '../support/afternoon';
import { someone } from '../support/journey';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

/** The page is no wider than the screen, and axe has nothing to say. */
async function looked(page: import('@playwright/test').Page, javaScript: boolean | undefined) {
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    expect(fits, `${page.url()} at ${width}`).toBe(true);
    if (javaScript !== false) await expectAccessible(page);
  }
}

test('today shows who supervises and who comes, and takes in somebody without an appointment', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'sports.supervisor@sample.invalid');
  await page.goto('/staff');
  await expect(page.getByText('still to come')).toBeVisible();
  await looked(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Start the questions', exact: true }).click();
  // In the evening, or on a day without a session, that is said first.
  await expect(page).toHaveURL(/walk-in|questions/);
  if (page.url().endsWith('/walk-in')) {
    await expect(page.getByRole('alert')).toContainText('has no free time left today');
    await looked(page, javaScriptEnabled);
    await page.getByRole('button', { name: 'Start the questions for a later time' }).click();
  }
  await expect(page).toHaveURL(/\/clinics\/sports\/questions/);
});

test('the reports have a table behind each chart, and files to take away', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'sports.supervisor@sample.invalid');
  await page.goto('/staff/reports');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reports');
  await expect(page.getByRole('table').first()).toContainText('Enquiries');
  await looked(page, javaScriptEnabled);
  for (const [file, kind] of [['csv', 'text/csv'], ['xlsx', 'spreadsheetml']]) {
    const answer = await page.request.get(`/staff/reports.${file}`);
    expect(answer.headers()['content-type']).toContain(kind);
  }
  await page.getByRole('link', { name: 'Rates and issues' }).click();
  await page.getByLabel('One hour of a student, in pounds').fill('12.50');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/staff\/reports\?clinic=/);
});

test('what comes in while one looks appears without a reload, and takes nothing from under the hands', async ({ page, request, javaScriptEnabled }, info) => {
  test.skip(javaScriptEnabled === false, 'without a script there is the browser\'s own reload');
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto('/staff/requests');
  const first = await ask(request, `Early Sample ${info.project.name}`, someone('early', info.project.name));
  const row = (reference: string) => page.locator('tr', { hasText: reference });
  await expect(row(first.reference)).toHaveCount(1, { timeout: 10_000 });
  // A fold that is open stays open, on its own row.
  const fold = row(first.reference).locator('details');
  await fold.locator('summary').click();
  const second = await ask(request, `Later Sample ${info.project.name}`, someone('later', info.project.name));
  await expect(row(second.reference)).toHaveCount(1, { timeout: 10_000 });
  await expect(row(first.reference).locator('details')).toHaveAttribute('open', '');
  // While something is chosen and not sent yet, nothing is replaced.
  const list = row(first.reference).locator('select[name=to]');
  const options = await list.locator('option').count();
  await list.selectOption({ index: options - 1 });
  const third = await ask(request, `Last Sample ${info.project.name}`, someone('last', info.project.name));
  await page.waitForResponse((answer) => answer.url().includes('/staff/live'), { timeout: 6_000 }).catch(() => undefined);
  await expect(row(third.reference)).toHaveCount(0);
  expect(await list.inputValue()).not.toBe('');
  await list.selectOption({ index: 0 });
  await list.blur();
  await expect(row(third.reference)).toHaveCount(1, { timeout: 10_000 });
});
