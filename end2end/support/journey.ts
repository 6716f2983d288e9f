// Walks the journey as a person does, by what the page says.
import { expect, type APIRequestContext, type Page } from '@playwright/test';

/** What to choose, by question, where neither "No" nor the first option leads to a time. */
const CLEAR: Record<string, string> = { A3: '18_over', A7: 'any', A8: 'yes', L5: 'yes', M12: 'no_preference' };

/** An answer that raises no flag. */
export function harmless(id: string, values: string[]): string {
  const wanted = CLEAR[id] ?? ['no', 'none'].find((value) => values.includes(value)) ?? values[0];
  expect(values, id).toContain(wanted);
  return wanted;
}

/** The answers by question that lead to a time, for the JSON API. */
export async function clearAnswers(request: APIRequestContext, clinic: string): Promise<Record<string, unknown>> {
  const pack = await (await request.get(`/api/v1/clinics/${clinic}/questions`)).json();
  const answers: Record<string, unknown> = {};
  for (const { id, type, options } of pack.questions) {
    const values = options.map(({ value }: { value: string }) => value);
    const option = values.length ? harmless(id, values) : 'Sample';
    answers[id] = type === 'checks' || (type === 'names' && !values.length) ? [option] : option;
  }
  return answers;
}

/** The question that is asked. */
export function asked(page: Page): string {
  return /\/questions\/(\w+)$/.exec(new URL(page.url()).pathname)?.[1] ?? '';
}

/** Waits until the page's islands are awake, where there are any and scripts are on. */
export async function awake(page: Page, javaScript: boolean | undefined): Promise<void> {
  if (javaScript !== false) await page.waitForLoadState('networkidle');
}

/** From the first page to the first question of a clinic. */
export async function start(page: Page, clinic: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: clinic }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: clinic })).toBeVisible();
  await page.getByRole('link', { name: 'Start' }).or(page.getByRole('button', { name: 'Start' })).first().click();
  // Where the topic asks for "Exit this page", how to leave comes first.
  await page.waitForURL(/\/(leaving|questions\/\w+)$/);
  if (page.url().endsWith('/leaving')) await page.getByRole('button', { name: 'Continue' }).click();
}

/** Presses the button that sends the form, and skips the questions that may be skipped. */
export async function send(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await expect(page).toHaveURL(/\/about-you$/);
  await page.getByRole('button', { name: 'Skip these questions' }).click();
  await expect(page).toHaveURL(/\/done$/);
}

/** Answers the question that is asked by the words on the page, and goes on. */
export async function answer(page: Page, id: string, text: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/questions/${id}$`));
  const field = page.locator('input[type=text][name=answer]');
  if (await field.count()) await field.fill(text);
  else await page.getByLabel(text, { exact: true }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Answers the question that is asked so that nothing is flagged, and goes on. */
export async function answerHarmlessly(page: Page): Promise<void> {
  const options = page.locator('input[name=answer]:is([type=radio], [type=checkbox])');
  const values = await options.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  if (values.length) await page.locator(`input[name=answer][value="${harmless(asked(page), values)}"]`).check();
  else await page.locator('[name=answer]').fill('Sample');
  const before = page.url();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).not.toHaveURL(before);
}

/** Answers harmlessly until this question is asked. */
export async function answerUntil(page: Page, id: string): Promise<void> {
  await page.waitForURL(/\/questions\/\w+$/);
  while (asked(page) !== id) await answerHarmlessly(page);
}

/** Answers every question so that a time can be picked; `instead` replaces some answers by others, in words. */
export async function answerAll(page: Page, instead: Record<string, string> = {}): Promise<void> {
  await page.waitForURL(/\/questions\/\w+$/);
  while (asked(page)) {
    const text = instead[asked(page)];
    if (text === undefined) await answerHarmlessly(page);
    else {
      const before = page.url();
      await answer(page, asked(page), text);
      await expect(page).not.toHaveURL(before);
    }
  }
}

/** Picks a free time, counted from the first, and returns its label. Meets by telephone where there is a choice. */
export async function pick(page: Page, nth = 0): Promise<string> {
  await expect(page).toHaveURL(/\/times/);
  const slots = page.locator('input[type=radio][name=start]');
  // Other tests book too: whoever is too late is offered other times, and takes the next.
  for (let tries = 0; tries < 4; tries++) {
    const slot = slots.nth(Math.min(nth + tries, (await slots.count()) - 1));
    await slot.check();
    const label = await page.locator(`label[for="${await slot.getAttribute('id')}"] .slot-time`).innerText();
    const byPhone = page.locator('input[type=radio][name=mode][value=phone][id^=meet]');
    if (await byPhone.count()) await byPhone.check();
    await page.getByRole('button', { name: 'Continue' }).click();
    if (!/\/times/.test(page.url())) return label.trim();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('That time is not free any more');
  }
  throw new Error('four times in a row somebody else was quicker');
}

/** Fills in name and contact. */
export async function giveDetails(page: Page, email: string, name = 'Amina Sample'): Promise<void> {
  await expect(page).toHaveURL(/\/details$/);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('By email').check();
  await page.getByLabel('Your email address').fill(email);
  await page.locator('input[name=safe_to_email][value=yes]').check();
  await page.getByLabel('First part of your postcode').fill('N7');
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** An address that no other test uses. */
export function someone(title: string, project: string): string {
  const text = `${title} ${project} ${process.pid} ${Date.now()}`.toLowerCase();
  return `${text.replace(/[^a-z0-9]+/g, '-').slice(0, 60)}@example.org`;
}
