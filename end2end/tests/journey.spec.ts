// A person books, in every way people do: with scripts and without, on a narrow screen, by keyboard.
import { expectAccessible } from '../support/access';
import {
  answer,
  answerAll,
  answerHarmlessly,
  answerUntil,
  asked,
  awake,
  clearAnswers,
  giveDetails,
  harmless,
  pick,
  send,
  someone,
  start,
} from '../support/journey';
import { mailTo, mailsTo } from '../support/mail';
import { expect, test } from '../support/test';
import { BARS, load } from '../support/traffic';

test('books an appointment, gets the mail, and cancels by its link', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('books', info.project.name);
  await start(page, 'Sports injury clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  const time = await pick(page, 1);
  await giveDetails(page, email);
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByText('Amina Sample')).toBeVisible();
  await expect(page.locator('main')).toContainText(time);
  await send(page, 'Book this appointment');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');
  await expect(page.locator('main')).toContainText(time);
  await expect(page.locator('main')).toContainText('UK time');

  const mail = await mailTo(email);
  expect(mail.subject).toMatch(/^Your appointment on \w+day \d+ \w+$/);
  expect(mail.raw.toLowerCase()).not.toContain('sports');
  const text = mail.parts.find(({ type }) => type === 'text/plain')!.text;
  expect(text).toContain('Amina');
  expect(text).toContain(time);
  const calendar = mail.parts.find(({ type }) => type === 'text/calendar')!;
  expect(calendar.method).toBe('REQUEST');
  expect(calendar.text).toContain('METHOD:REQUEST');

  const link = /https?:\/\/\S+\/appointments\/\S+/.exec(text)![0];
  await page.goto(new URL(link).pathname);
  await expect(page.locator('main')).toContainText('Hello Amina');
  await expect(page).not.toHaveTitle(/sports/i);
  await page.getByText("I can't come: cancel it").click();
  await page.getByRole('button', { name: 'Yes, cancel my appointment' }).click();
  await expect(page.locator('main')).toContainText('cancelled');

  const goodbye = await mailTo(email, { count: 2 });
  const end = goodbye.parts.find(({ type }) => type === 'text/calendar')!;
  expect(end.method).toBe('CANCEL');
  expect(end.text).toContain('SEQUENCE:1');
  const uid = (ics: string) => /UID:(\S+)/.exec(ics)![1];
  expect(uid(end.text)).toBe(uid(calendar.text));
});

test('law keeps the time and sends no calendar file until it is cleared', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('law', info.project.name);
  await start(page, 'Law clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page, 2);
  await giveDetails(page, email);
  await send(page, 'Ask for this appointment');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('We are keeping this time for you');
  const mail = await mailTo(email);
  expect(mail.parts.filter(({ type }) => type.includes('calendar'))).toEqual([]);
});

test('somebody who is not safe to mail gets no mail', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('unsafe', info.project.name);
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page);
  await page.getByLabel('Your name').fill('Bea Sample');
  await page.getByLabel('By email').check();
  await page.getByLabel('Your email address').fill(email);
  await page.locator('input[name=safe_to_email][value=no]').check();
  await page.getByLabel('I have no fixed home').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await send(page, 'Book this appointment');
  await expect(page.locator('main')).toContainText('We will not email you');
  await page.waitForTimeout(2000);
  expect(await mailsTo(email)).toEqual([]);
});

test('a red flag stops the booking and names who helps now', async ({ page }) => {
  await start(page, 'Law clinic');
  await answer(page, 'A1', 'Yes');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Please get help now');
  await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
  await page.goto('/clinics/law/times');
  await expect(page).toHaveURL(/questions\/A1$/);
  await page.goto('/clinics/law/stop');
  await page.getByLabel('Your name').fill('Cem Sample');
  await page.getByRole('button', { name: 'Ask for a call' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Cem Sample');
  await page.getByLabel('Your phone number').fill('020 7946 0958');
  await page.getByLabel(/keep my name and number/).check();
  await page.getByRole('button', { name: 'Ask for a call' }).click();
  await expect(page.locator('main')).toContainText('We will call you');
});

test('a person under 18 is looked at first, and one under 16 is told who helps', async ({ page }) => {
  await start(page, 'Sports injury clinic');
  await answerAll(page, { A3: '16 or 17' });
  await expect(page).toHaveURL(/\/request$/);
  await page.getByText('Your answers').first().waitFor({ state: 'attached' }).catch(() => undefined);
  await page.goto('/clinics/sports/questions/A3');
  await page.getByLabel('Under 16', { exact: true }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/out$/);
  await expect(page.locator('main')).toContainText('Childline');
});

test('going back works, and a reload loses nothing', async ({ page, javaScriptEnabled }) => {
  await start(page, 'Charities and social enterprise clinic');
  await answerUntil(page, 'A2');
  await answer(page, 'A2', 'My business or group');
  await expect(page).toHaveURL(/questions\/A3$/);
  await page.goBack();
  await expect(page.getByLabel('My business or group', { exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page);
  await page.getByLabel('Your name').fill('Dana Sample');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await page.goto('/clinics/charity/details');
  await expect(page.getByLabel('Your name')).toHaveValue('Dana Sample');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await expect(page).toHaveURL(/\/times/);
  await expect(page.locator('input[name=start]:checked')).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear my answers' }).click();
  await page.goto('/clinics/charity/details');
  await expect(page).toHaveURL(/questions\/A1$/);
});

test('what is typed and not yet sent outlives a reload, and clearing forgets it', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'without scripts a form is kept when it is sent');
  await start(page, 'Charities and social enterprise clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page);
  await page.getByLabel('Your name').fill('Gil Sample');
  await page.getByLabel('By phone').check();
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/details/keep'));
  await page.getByLabel('Your phone number').fill('020 7946');
  expect((await kept).status()).toBe(204);
  await page.reload();
  await expect(page.getByLabel('Your name')).toHaveValue('Gil Sample');
  await expect(page.getByLabel('By phone')).toBeChecked();
  await expect(page.getByLabel('Your phone number')).toHaveValue('020 7946');
  await expect(page.getByText('There is a problem')).toHaveCount(0);
  await page.getByLabel('Your name').fill('Gil Sample the second');
  await page.getByRole('button', { name: 'Clear my answers' }).click();
  await page.goto('/clinics/charity/details');
  await expect(page).toHaveURL(/questions\/A1$/);
});

test('once a time is picked the button is on the screen, and what has the focus is not behind it', async ({ page, javaScriptEnabled }, info) => {
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  const slots = page.locator('input[type=radio][name=start]');
  await slots.first().check();
  const button = page.getByRole('button', { name: 'Continue' });
  await expect(button).toBeInViewport();
  const bar = page.locator('.go-on');
  for (let presses = 0; presses < 12; presses++) await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(600);
  const [focus, above] = await Promise.all([page.locator('input[name=start]:focus').boundingBox(), bar.boundingBox()]);
  expect(focus!.y + focus!.height).toBeLessThanOrEqual(above!.y + 1);
  await expect(button).toBeInViewport();
});

test('the whole journey by keyboard alone', async ({ page, javaScriptEnabled }, info) => {
  test.skip(info.project.name === 'narrow', 'a keyboard has no width');
  const email = someone('keyboard', info.project.name);
  const to = async (selector: string) => {
    for (let presses = 0; presses < 150; presses++) {
      if (await page.locator(`${selector}:focus`).count()) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reached ${selector} on ${page.url()}`);
  };
  const go = async (selector: string) => {
    const before = page.url();
    await to(selector);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== before);
  };
  /** Tab reaches the group; the arrows reach the answer. */
  const choose = async (name: string, value: string, among = '') => {
    await to(`input[name=${name}]${among}`);
    for (let presses = 0; presses < 20; presses++) {
      if (await page.locator(`input[name=${name}][value="${value}"]${among}:checked`).count()) return;
      await page.keyboard.press(presses ? 'ArrowDown' : 'Space');
    }
    throw new Error(`the arrows never reached ${value}`);
  };
  await page.goto('/');
  await go('a[href="/clinics/nutrition"]');
  await go('a[href="/clinics/nutrition/questions"]');
  while (asked(page)) {
    const options = page.locator('input[name=answer]:is([type=radio], [type=checkbox])');
    const values = await options.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const wanted = values.length ? harmless(asked(page), values) : '';
    if (!values.length) {
      await to('[name=answer]');
      await page.keyboard.type('Sample');
    } else if ((await options.first().getAttribute('type')) === 'radio') {
      await choose('answer', wanted);
    } else {
      await to(`input[name=answer][value="${wanted}"]`);
      await page.keyboard.press('Space');
    }
    await go('main button[type=submit]');
  }
  await awake(page, javaScriptEnabled);
  await to('input[name=start]');
  await page.keyboard.press('Space');
  if (await page.locator('input[name=mode][id^=meet]').count()) await choose('mode', 'phone', '[id^=meet]');
  await go('main form[method=post] button[type=submit]');
  await to('input[name=name]');
  await page.keyboard.type('Eve Sample');
  await to('input[name=by_email]');
  await page.keyboard.press('Space');
  await to('input[name=email]');
  await page.keyboard.type(email);
  await choose('safe_to_email', 'yes');
  await to('input[name=postcode]');
  await page.keyboard.type('E1W');
  await go('main button[type=submit]');
  await go('main button[type=submit]');
  await go('main button[value=skip]');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');
});

test('every page of the journey is accessible, small and never wider than the screen', async ({ page, javaScriptEnabled }, info) => {
  const look = async () => {
    await awake(page, javaScriptEnabled);
    if (javaScriptEnabled !== false) await expectAccessible(page);
    const [content, screen] = await Promise.all([
      page.evaluate(() => document.documentElement.scrollWidth),
      page.evaluate(() => document.documentElement.clientWidth),
    ]);
    expect(content, page.url()).toBeLessThanOrEqual(screen);
    if (info.project.name === 'narrow') return;
    const traffic = await load(page, page.url());
    const islands = await page.locator('leptos-island').count();
    const loaded = JSON.stringify(traffic.requests, null, 1);
    expect(traffic.html, loaded).toBeLessThan(BARS.html);
    expect(traffic.total, loaded).toBeLessThanOrEqual(islands ? BARS.island : BARS.plain);
  };
  await start(page, 'Law clinic');
  await page.waitForURL(/\/questions\/\w+$/);
  while (asked(page)) {
    await look();
    await answerHarmlessly(page);
  }
  await look();
  await pick(page, 3);
  await look();
  await giveDetails(page, someone('pages', info.project.name));
  await look();
  await send(page, 'Ask for this appointment');
  await look();
  await page.getByRole('link', { name: /See or cancel/ }).click();
  await look();
});

test('a time taken meanwhile gets other times, and keeps what was typed', async ({ page, request }, info) => {
  test.skip(info.project.name !== 'js', 'once is enough: the page is the same');
  await start(page, 'Business clinic');
  await answerAll(page);
  await page.waitForLoadState('networkidle');
  const last = page.locator('input[name=start]').last();
  const wanted = await last.inputValue();
  // Everybody wants the last time on the page, until nobody can have it.
  const answers = await clearAnswers(request, 'business');
  const triage = await (await request.post('/api/v1/clinics/business/triage', { data: { answers } })).json();
  let status = 201;
  for (let rivals = 0; rivals < 20 && status === 201; rivals++) {
    const data = { service: 'business-chat', start: wanted, mode: 'phone', triage: triage.triage };
    status = (await request.post('/api/v1/holds', { data })).status();
  }
  expect(status).toBe(409);
  await last.check();
  await page.locator('input[name=mode][value=phone][id^=meet]').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('That time is not free any more');
  await page.locator('input[name=start]').first().check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/details$/);
});

for (const [id, clinic] of [
  ['law', 'Law clinic'],
  ['sports', 'Sports injury clinic'],
  ['nutrition', 'Nutrition clinic'],
  ['business', 'Business clinic'],
  ['charity', 'Charities and social enterprise clinic'],
]) {
  test(`the whole pack of ${id} can be walked to a time, one question at a time`, async ({ page, request }, info) => {
    test.skip(info.project.name === 'narrow', 'the same pages as without scripts');
    await start(page, clinic);
    await page.waitForURL(/\/questions\/\w+$/);
    const walked: string[] = [];
    while (asked(page)) {
      walked.push(asked(page));
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await answerHarmlessly(page);
    }
    await expect(page).toHaveURL(/\/times/);
    await expect(page.locator('input[name=start]').first()).toBeVisible();
    const pack = await (await request.get(`/api/v1/clinics/${id}/questions`)).json();
    const all: string[] = pack.questions.map((question: { id: string }) => question.id);
    // In the order of the pack, and no more of them left out than depend on another answer.
    expect(walked).toEqual(all.filter((question) => walked.includes(question)));
    expect(all.length - walked.length, `${all} against ${walked}`).toBeLessThanOrEqual(6);
  });
}
