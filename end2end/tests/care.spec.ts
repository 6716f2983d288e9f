// What looks after people: a stop, the way out, questions that can be skipped, and staff who type for a caller.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answer, answerAll, awake, giveDetails, pick, someone, start } from '../support/journey';
import { openMenu } from '../support/menu';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

const HARMLESS = 'https://www.bbc.co.uk/weather';

/** The page as it should be for everybody: no wider than the screen, and WCAG 2.2 AA where axe can run. */
async function fitFor(page: Page, javaScript: boolean | undefined): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
  if (javaScript !== false) await expectAccessible(page);
}

/** Stands in for the harmless page, which nobody asks for in a test. */
async function harmless(page: Page): Promise<void> {
  await page.route(`${HARMLESS}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }));
}

/** Leaving for the harmless page is the one request to somebody else that is meant. */
function onlyLeft(complaints: string[]): void {
  expect(complaints.filter((complaint) => !complaint.startsWith(`third party: ${HARMLESS}`))).toEqual([]);
  complaints.splice(0);
}

async function intoLaw(page: Page): Promise<void> {
  await page.goto('/clinics/law/questions');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How to leave quickly');
}

test('how to leave is said before the first question, and the way out works', async ({ page, javaScriptEnabled, complaints }) => {
  await harmless(page);
  await intoLaw(page);
  await expect(page.locator('main')).toContainText('It does not clear your history');
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Continue' }).click();
  await answer(page, 'A1', 'No');
  await expect(page).toHaveURL(/questions\/L2$/);
  await fitFor(page, javaScriptEnabled);
  const way = page.getByRole('link', { name: 'Exit this page' });
  await expect(way).toHaveAttribute('rel', /noreferrer/);
  await way.click();
  await expect(page).toHaveURL(HARMLESS);
  if (javaScriptEnabled !== false) {
    // The page was replaced: what stands before it is the page before, and it knows nothing any more.
    await page.goBack();
    expect(page.url()).not.toMatch(/questions\/L2$/);
    await page.goto('/clinics/law/questions/L2');
    await expect(page).toHaveURL(/\/leaving$/);
  }
  onlyLeft(complaints);
});

test('Shift three times leaves at once, and other keys do not', async ({ page, javaScriptEnabled, complaints }) => {
  test.skip(javaScriptEnabled === false, 'keys are JavaScript');
  await harmless(page);
  await intoLaw(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/questions\/A1$/);
  // The script says that keys work when it listens for them.
  await expect(page.locator('[data-exit-keys]')).not.toHaveAttribute('hidden');
  await page.keyboard.press('Shift');
  await expect(page.locator('[data-exit-status]')).toHaveText('Press Shift 2 more times to leave this page.');
  await page.keyboard.press('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift');
  await expect(page).toHaveURL(/questions\/A1$/);
  await page.keyboard.press('Shift');
  await page.keyboard.press('Shift');
  await expect(page).toHaveURL(HARMLESS);
  onlyLeft(complaints);
});

test('a stop says what to do, and a reload or the back button does not get past it', async ({ page, javaScriptEnabled }) => {
  await page.goto('/clinics/nutrition/questions/A1');
  await answer(page, 'A1', 'Yes');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Please get help now');
  await expect(page.getByRole('heading', { name: 'What to do now' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'At night and at weekends' })).toBeVisible();
  await expect(page.locator('main')).toContainText('No one reads this form at night or at weekends.');
  const number = page.locator('main a.big-number').first();
  await expect(number).toHaveAttribute('href', 'tel:999');
  expect((await number.boundingBox())!.height).toBeGreaterThan(44);
  await fitFor(page, javaScriptEnabled);
  for (const later of ['times', 'details', 'check', 'done', 'about-you', 'questions/A8']) {
    await page.goto(`/clinics/nutrition/${later}`);
    await expect(page, later).toHaveURL(/questions\/A1$/);
  }
  await page.goto('/clinics/nutrition/stop');
  await page.reload();
  await expect(page.locator('main a[href="tel:999"]').first()).toBeVisible();
  await page.goto('/clinics/nutrition/questions');
  await answer(page, 'A1', 'No');
  await expect(page).toHaveURL(/questions\/\w+$/);
});

for (const skip of [true, false]) {
  test(`some questions about you come after sending, and are ${skip ? 'skipped' : 'answered'}`, async ({ page, javaScriptEnabled }, info) => {
    await start(page, 'Sports injury clinic');
    await answerAll(page);
    await awake(page, javaScriptEnabled);
    await pick(page, 6);
    await giveDetails(page, someone(`about ${skip}`, info.project.name));
    await page.getByRole('button', { name: 'Book this appointment' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Some questions about you');
    await fitFor(page, javaScriptEnabled);
    const buttons = ['Send these answers', 'Skip these questions'].map((name) => page.getByRole('button', { name }));
    const looks = await Promise.all(
      buttons.map((button) => button.evaluate((node) => {
        const { backgroundColor, color, fontSize, fontWeight, borderColor } = getComputedStyle(node);
        return { backgroundColor, color, fontSize, fontWeight, borderColor };
      })),
    );
    expect(looks[0], 'skipping weighs the same').toEqual(looks[1]);
    if (!skip) {
      await page.getByRole('group', { name: 'What is your ethnic group?' }).getByLabel("I'd rather not say").check();
    }
    await buttons[skip ? 1 : 0].click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');
    await page.goto('/clinics/sports/about-you');
    await expect(page).toHaveURL(/\/done$/);
  });
}

test('staff book for a caller who has a telephone and nothing else', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'sports.adviser@sample.invalid');
  await openMenu(page);
  await page.getByRole('link', { name: 'Phone' }).click();
  await fitFor(page, javaScriptEnabled);
  await page.getByLabel('Sports injury clinic').check();
  await page.getByRole('button', { name: 'Start a call' }).click();
  await expect(page.getByText('You are typing for a caller')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Read this out' })).toBeVisible();
  await fitFor(page, javaScriptEnabled);
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page, 8);
  await page.getByLabel('Your name').fill('Dilek Sample');
  await page.getByLabel('By phone').check();
  await page.getByLabel('Your phone number').fill('020 7946 0123');
  await page.locator('input[name=safe_to_call][value=yes]').check();
  await page.locator('input[name=leave_message][value=no]').check();
  await page.getByLabel('First part of your postcode').fill('N7');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Book this appointment' }).click();
  await page.getByRole('button', { name: 'Skip these questions' }).click();
  await expect(page.locator('main')).toContainText('Read the reference to the caller');
  await expect(page.locator('main')).toContainText('Nobody needs to ring them');
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'End this call' }).click();
  await expect(page).toHaveURL(/\/staff\/phone$/);
  await page.goto('/clinics/sports/questions');
  await expect(page.getByText('You are typing for a caller')).toHaveCount(0);
});
