// A clinic lead changes a question in the browser: draft, difference, checker, replay, publish under their name. What people
// were told before keeps its version. In clinics of the test's own, because everybody sees what is published.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { expect, test } from '../support/own';
import { signIn } from '../support/staff';

const LEAD = 'nutrition.supervisor@sample.invalid';
const SET = '/staff/questions/nutrition';

async function sane(page: Page, javaScript: boolean | undefined): Promise<void> {
  if (javaScript !== false) await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
}

/** Books a time, so that there is a past result; returns its reference. */
async function book(page: Page, javaScript: boolean | undefined, project: string, nth: number): Promise<string> {
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScript);
  await pick(page, nth);
  await giveDetails(page, someone('past', project), `Leyla Sample ${nth}`);
  await send(page, 'Book this appointment');
  return (await page.locator('.reference .reference-groups span').allInnerTexts()).join('-');
}

test('a text is changed, compared, checked, replayed and published, and a past result keeps its words', async ({ page, own, javaScriptEnabled }, info) => {
  const reference = await book(page, javaScriptEnabled, info.project.name, 1);
  await signIn(page, LEAD, own.folder);
  await page.goto('/staff/questions');
  await sane(page, javaScriptEnabled);
  await page.goto(SET);
  await sane(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Change N10', exact: true }).click();
  await sane(page, javaScriptEnabled);
  const asked = await page.getByLabel('What we ask').inputValue();
  const words = `What can we help you with (${info.project.name})?`;
  await page.getByLabel('What we ask').fill(words);
  await page.getByRole('button', { name: 'Save to the draft' }).click();

  await page.goto(`${SET}/draft`);
  await sane(page, javaScriptEnabled);
  const main = page.locator('main');
  await expect(main).toContainText('The checker has found nothing');
  await expect(page.getByRole('row').filter({ hasText: 'Question N10' })).toContainText(words);
  await expect(main).toContainText('SMOG');
  await expect(main).toContainText('Past answers:');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await page.getByLabel('What you changed, and why').fill('Plainer words.');
  await page.locator('input[name=read]').check();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.goto(`${SET}/versions`);
  await sane(page, javaScriptEnabled);
  const newest = page.getByRole('row').nth(1);
  await expect(newest).toContainText('Plainer words.');
  await expect(newest).toContainText(/sample/i);

  // Whoever comes now reads the new words; the past result shows what was asked then.
  await page.goto(`/staff/appointments/${reference}`);
  await expect(main).toContainText(asked);
  await expect(main).not.toContainText(words);
  const later = await book(page, javaScriptEnabled, info.project.name, 4);
  await page.goto(`/staff/appointments/${later}`);
  await expect(main).toContainText(words);
});

test('a rule is added and taken away in a form, and a broken draft cannot be published', async ({ page, own, javaScriptEnabled }) => {
  await signIn(page, LEAD, own.folder);
  await page.goto(`${SET}/edit/N11`);
  await page.getByLabel('A short name for the rule').fill('n11-call');
  const added = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Add a rule' }) });
  await added.getByLabel('What the person is told').fill('A person from the clinic will look at this first.');
  await added.locator('input[name=new-outcome][value=review]').check();
  await page.getByRole('button', { name: 'Save to the draft' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('A short name for the rule')).toHaveValue('n11-call');
  await sane(page, javaScriptEnabled);
  // "Yes" alone: "Not sure" would be softer, which the checker does not let pass.
  await added.locator('input[name=new-is][value=yes]').check();
  await page.getByRole('button', { name: 'Save to the draft' }).click();
  await page.goto(`${SET}/draft`);
  await expect(page.locator('#findings')).toContainText('softer');
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toHaveCount(0);
  await sane(page, javaScriptEnabled);
  // Asked for all the same, by a form that was kept: nothing is published.
  const fields = await page.locator('input[name=in-force], input[name=revision]').evaluateAll((all) =>
    all.map((one) => [(one as HTMLInputElement).name, (one as HTMLInputElement).value]));
  const form = { ...Object.fromEntries(fields), note: 'Please', read: 'yes' };
  const forced = await page.request.post(`${SET}/publish`, { form, headers: { origin: own.url }, maxRedirects: 0 });
  expect(forced.status()).toBe(422);

  await page.goto(`${SET}/edit/N11`);
  await page.locator('input[name=rule-n11-call-remove]').check();
  await page.getByRole('button', { name: 'Save to the draft' }).click();
  await page.goto(`${SET}/draft`);
  await expect(page.locator('#findings')).toContainText('The checker has found nothing');
  await expect(page.locator('main')).not.toContainText('n11-call');
  await page.getByRole('button', { name: 'Throw the draft away' }).click();
});
