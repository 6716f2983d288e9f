// Every question pack is walked in the browser without JavaScript: the usual way to its end, the questions that are asked
// only after certain answers, and a stop. Counselling, which the sample set-up switches off, is switched on in clinics of
// the test's own.
import type { Page } from '@playwright/test';
import { answer, answerAll, answerUntil, start } from '../support/journey';
import { expect, test } from '../support/own';

/** A pack: where its usual way ends, answers (in words) that open its other questions, where those end, and a stop. */
interface Pack {
  name: string;
  clinic: string;
  end: RegExp;
  asks: Record<string, string>;
  then: RegExp;
  stop: [string, string];
}

const PACKS: Pack[] = [
  {
    name: 'Law clinic',
    clinic: 'law',
    end: /\/times/,
    asks: { L6: 'Yes, and I have a court date', L8: "I can't find one", A2: 'I am helping someone', A2b: 'Yes' },
    then: /\/request$/,
    stop: ['L5', 'No'],
  },
  {
    name: 'Sports injury clinic',
    clinic: 'sports',
    end: /\/times/,
    asks: { M4: 'Yes', M5: 'None of these' },
    then: /\/times/,
    stop: ['M3', 'Yes'],
  },
  {
    name: 'Nutrition clinic',
    clinic: 'nutrition',
    end: /\/times/,
    asks: { N4: 'Yes' },
    then: /\/out$/,
    stop: ['N2', 'Yes'],
  },
  {
    name: 'Business clinic',
    clinic: 'business',
    end: /\/times/,
    asks: { B2: 'A statutory demand (a formal letter to pay)', B2b: "I don't know the date" },
    then: /\/request$/,
    stop: ['B2', 'The bank account is frozen'],
  },
  {
    name: 'Charities and social enterprise clinic',
    clinic: 'charity',
    end: /\/times/,
    asks: { C4: 'Yes' },
    then: /\/request$/,
    stop: ['C2', 'Someone was harmed'],
  },
  {
    name: 'Counselling clinic',
    clinic: 'counselling',
    end: /\/request$/,
    asks: { P2: 'Sometimes, but I have no plan' },
    then: /\/request$/,
    stop: ['P2', 'Yes, I have a plan'],
  },
];

/** The page says one thing in its heading and is no wider than the screen. */
async function sane(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
}

for (const pack of PACKS) {
  test(`the questions of the ${pack.name} are walked to the end`, async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, 'with JavaScript the journeys of the other specs do it');
    await start(page, pack.name);
    await answerAll(page);
    await expect(page).toHaveURL(pack.end);
    await sane(page);
  });

  test(`what the ${pack.name} asks only after certain answers, and what follows`, async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, 'as above');
    await start(page, pack.name);
    await answerAll(page, pack.asks);
    await expect(page).toHaveURL(pack.then);
    await sane(page);
    for (const id of Object.keys(pack.asks)) {
      await page.goto(`/clinics/${pack.clinic}/questions/${id}`);
      await expect(page, `${id} was asked`).toHaveURL(new RegExp(`/questions/${id}$`));
    }
  });

  test(`a stop of the ${pack.name} names who to ring, and another answer goes on`, async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled !== false, 'as above');
    await start(page, pack.name);
    const [id, text] = pack.stop;
    await answerUntil(page, id);
    await answer(page, id, text);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Please get help now');
    const number = page.locator('main a.big-number').first();
    await expect(number).toHaveAttribute('href', /^tel:\d+$/);
    // Nobody else to turn to stands above the number.
    const first = page.locator('main').locator('a.big-number, .signpost').first();
    await expect(first).toHaveClass('big-number');
    await sane(page);
    await page.goto(`/clinics/${pack.clinic}/questions`);
    await answerAll(page);
    await expect(page).toHaveURL(pack.end);
  });
}
