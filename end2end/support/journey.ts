// Walks the journey as a person does, by what the page says.
import { expect, type APIRequestContext, type Page } from '@playwright/test';

/** The answers that lead to a time, by question, for every clinic: what somebody answers who has nothing to flag. */
const HARMLESS: Record<string, string> = {
  A1: 'No', A2: 'Me', A3: '18 or over', A4: 'No', A5: 'English', A5b: 'No', A6: 'None of these', A7: 'Any of these', A8: 'Yes',
  L2: 'No', L3: 'No', L4: 'No', L5: 'Yes', L6: 'No', L1: 'Home', L7: 'No', L0: 'Amina Sample', L12: 'No one',
  L13: 'No other names', L14: 'No', L15: '', L16: '',
  M1: 'None of these', M2: 'None of these', M3: 'No', M4: 'No', M6: 'No', M7: 'None of these', M8: 'None of these',
  M9: 'Neck or back', M10: 'Less than 6 weeks', M11: '3', M13: 'The same', M12: "I don't mind",
  N1: 'None of these', N2: 'No', N3: 'No', N4: 'No', N5: 'No', N6: 'No', N7: 'None of these', N8: 'No', N9: 'No',
  N10: 'Eating well', N11: 'No', N12: '',
  B1: 'I work for myself', B2: 'None of these', B3: 'No', B4: 'I have no letter from HMRC', B5: 'No', B6: 'A plan',
  B7: 'A chat: one meeting', B8: 'No name yet', B9: 'A plan for a sample shop', B10: 'No',
  C2: 'None of these', C1: 'It is a registered charity', C3: 'A plan', C4: 'No', C5: 'There is no date', C6: 'The chair',
  C7: 'A chat: one meeting',
};

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
}

/** Answers the question that is asked and goes on: ticks the option of that name, or types it where there is none. */
export async function answer(page: Page, id: string, text: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/questions/${id}$`));
  const option = page.getByLabel(text, { exact: true }).and(page.locator('input[type=radio], input[type=checkbox]'));
  if (text && (await option.count())) await option.check();
  else await page.locator('input[type=text][name=answer], textarea[name=answer]').first().fill(text);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Answers every question that is asked, so that a time can be picked; `instead` replaces some answers. */
export async function answerAll(page: Page, instead: Record<string, string> = {}, look = async (): Promise<void> => {}): Promise<void> {
  for (let id = asked(page); id; id = asked(page)) {
    await look();
    await answer(page, id, instead[id] ?? HARMLESS[id]);
  }
}

/** The question that the page asks, if it asks one. */
function asked(page: Page): string | undefined {
  return /\/questions\/(\w+)$/.exec(page.url())?.[1];
}

/** The harmless answers of a clinic as the API takes them, asked for one by one. */
export async function answersByApi(request: APIRequestContext, clinic: string): Promise<Record<string, unknown>> {
  const { questions } = await (await request.get(`/api/v1/clinics/${clinic}/questions`)).json();
  const answers: Record<string, unknown> = {};
  for (;;) {
    const reply = await (await request.post(`/api/v1/clinics/${clinic}/triage`, { data: { answers } })).json();
    if (!reply.next) return answers;
    const question = questions.find((one: { id: string }) => one.id === reply.next);
    const option = question.options.find((one: { label: string }) => one.label === HARMLESS[reply.next]);
    const value = option ? option.value : HARMLESS[reply.next];
    answers[reply.next] = question.type === 'checks' ? [value] : value;
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
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Somebody has just taken that time');
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
