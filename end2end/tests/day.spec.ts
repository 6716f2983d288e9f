// The working day at the desk and the reports, with and without JavaScript, at every width.
import { expectAccessible } from '../support/access';
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
  await page.getByRole('button', { name: 'Start the questions' }).click();
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
