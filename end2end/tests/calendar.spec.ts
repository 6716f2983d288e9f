// The staff's calendar: by keyboard, by links alone, moved by form and by cut and place, searched, printed, and live.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

/** Books as a client, and says for which day and under which reference. */
async function book(page: Page, name: string, mail: string, javaScript: boolean | undefined): Promise<{ day: string; reference: string }> {
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScript);
  await pick(page, 4);
  await giveDetails(page, mail, name);
  const date = await page.locator('main').getByText(/\w+day \d+ \w+ \d{4}/).first().innerText();
  await send(page, 'Book this appointment');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment is booked');
  const letters = (await page.locator('.reference-groups').innerText()).replace(/[^A-Z0-9]/g, '');
  const reference = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const day = new Date(`${/\d+ \w+ \d{4}/.exec(date)![0]} 12:00 UTC`).toISOString().slice(0, 10);
  return { day, reference };
}

async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
}

test('day, week and month are accessible, fit the screen and have a list beside each grid', async ({ page, javaScriptEnabled }) => {
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  for (const view of ['day', 'day&by=rooms', 'week', 'month']) {
    for (const shown of ['', '&as=grid', '&as=list']) {
      await page.goto(`/staff/calendar?view=${view}&of=nutrition${shown}`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Nutrition');
      await fits(page);
      if (javaScriptEnabled !== false) await expectAccessible(page);
    }
  }
  await page.goto('/staff/calendar?view=week&of=nutrition');
  await page.getByRole('link', { name: 'Week after' }).click();
  await expect(page).toHaveURL(/view=week&day=\d{4}-\d\d-\d\d&of=nutrition/);
  await page.getByRole('link', { name: 'Month', exact: true }).click();
  await expect(page).toHaveURL(/view=month/);
});

test('an appointment is found, moved by the form and by cut and place, and the list is printed', async ({ page, javaScriptEnabled }, info) => {
  const name = `Moved Sample ${info.project.name}`;
  const { day, reference } = await book(page, name, someone('calendar', info.project.name), javaScriptEnabled);
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.getByLabel('Find a client').fill(name);
  await page.getByRole('search').getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/\/staff\/find$/);
  await expect(page.locator('main')).toContainText(reference);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole('link', { name }).first().click();

  await page.getByRole('link', { name: 'Move to another time' }).click();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await fits(page);
  await page.locator('form button[name=start]').last().click();
  await expect(page).toHaveURL(`/staff/appointments/${reference}`);
  await expect(page.locator('main')).toContainText('moved it to another time');

  await page.getByRole('link', { name: 'Move to another time' }).click();
  await page.getByRole('link', { name: 'Pick a time in the calendar' }).click();
  await expect(page.locator('main')).toContainText(`You are moving ${reference}`);
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const first = page.getByRole('link', { name: 'Go to the first free time' });
  if (await first.isVisible()) await first.click();
  await page.getByRole('button', { name: /^Move to/ }).filter({ visible: true }).first().click();
  await expect(page.getByRole('status').first()).toContainText(`${reference} is now on`);

  await page.goto(`/staff/calendar/day-list?day=${day}&of=nutrition`);
  await expect(page.locator('main')).toContainText('Printed');
  await expect(page.locator('main')).toContainText('Sample data');
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation').first()).toBeHidden();
  await expect(page.getByRole('search')).toBeHidden();
});

test('the grid goes by keyboard, and its keys can be switched off', async ({ page, javaScriptEnabled }, info) => {
  test.skip(javaScriptEnabled === false || info.project.name === 'narrow', 'keys of the grid');
  const name = `Keyed Sample ${info.project.name}`;
  const { day, reference } = await book(page, name, someone('keys', info.project.name), javaScriptEnabled);
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto(`/staff/calendar?view=week&day=${day}&of=nutrition`);
  await expect(page.getByText('Keys: arrows')).toBeVisible();
  const slots = page.locator('a.week-slot');
  await slots.first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  await expect(page.locator('a.week-slot:focus')).toHaveCount(1);
  const own = page.locator(`a.week-slot[data-cut="${reference}"]`).first();
  await own.focus();
  await page.keyboard.press('x');
  await expect(page).toHaveURL(new RegExp(`moving=${reference}`));
  await expect(page.locator('button:focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').first()).toContainText(`${reference} is now on`);
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/as=list/);
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/view=month/);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Find a client')).toBeFocused();
  await page.keyboard.type('l');
  await expect(page.getByLabel('Find a client')).toHaveValue('l');
  await page.getByRole('button', { name: 'Turn keys off' }).click();
  await page.keyboard.press('w');
  await expect(page.getByRole('button', { name: 'Turn keys on' })).toBeVisible();
  await expect(page).toHaveURL(/view=month/);
});

test("another person's change appears without a reload, and the focus stays", async ({ page, browser, javaScriptEnabled }, info) => {
  test.skip(javaScriptEnabled === false, 'without a script there is a link');
  const name = `Lively Sample ${info.project.name}`;
  const { day, reference } = await book(page, name, someone('live', info.project.name), javaScriptEnabled);
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto(`/staff/calendar?view=week&day=${day}&of=nutrition&as=list`);
  const line = page.locator(`th a[href$="${reference}"]`);
  await expect(line).toHaveCount(1);
  await page.getByRole('link', { name: 'Week after' }).focus();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'nutrition.supervisor@sample.invalid');
  await other.goto(`/staff/appointments/${reference}`);
  await other.getByText('Cancel for the clinic').click();
  await other.getByRole('button', { name: 'Yes, cancel this appointment' }).click();
  await expect(line).toHaveCount(0, { timeout: 10_000 });
  await expect(page.getByRole('link', { name: 'Week after' })).toBeFocused();
  await other.context().close();
});

test('an appointment is dragged to another time, and the move is said', async ({ page, javaScriptEnabled }, info) => {
  test.skip(javaScriptEnabled === false || info.project.name === 'narrow', 'dragging in the grid');
  const name = `Dragged Sample ${info.project.name}`;
  const { day, reference } = await book(page, name, someone('drag', info.project.name), javaScriptEnabled);
  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto(`/staff/calendar?view=week&day=${day}&of=nutrition&as=grid`);
  const own = page.locator(`a.week-slot[data-cut="${reference}"]`).first();
  await own.scrollIntoViewIfNeeded();
  const box = (await own.boundingBox())!;
  await page.mouse.move(box.x + 10, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 20, { steps: 4 });
  const free = page.locator('.week-free button').last();
  await expect(free).toBeVisible();
  await free.scrollIntoViewIfNeeded();
  const target = (await free.boundingBox())!;
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('status').first()).toContainText(`${reference} is now on`);
});
