// Works a page by keyboard alone: Tab, the arrows, Space, Enter, and letters.
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page of the desk has. */
const MOST = 400;

/** Whether the focus is on it. */
function focused(target: Locator): Promise<boolean> {
  return target.evaluateAll((all) => all.some((one) => one === document.activeElement));
}

/** Presses Tab until the focus is on it, and fails when the whole page was walked without getting there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first(), 'there to go to').toBeVisible();
  for (let stops = 0; stops < MOST; stops++) {
    if (await focused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${target} on ${page.url()}`);
}

/** Goes there and presses Enter, as on a link or a button. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes there and types, in place of what was there. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

/** Types a date, `YYYY-MM-DD`, into its three parts, in whichever order this browser shows them. */
export async function typeDate(page: Page, target: Locator, date: string): Promise<void> {
  const [year, month, day] = date.split('-');
  await tabTo(page, target);
  for (const digits of [day + month + year, month + day + year]) {
    await page.keyboard.type(digits);
    if ((await target.inputValue()) === date) return;
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
  }
  await expect(target).toHaveValue(date);
}

/** Picks one of a group of radio buttons, or ticks a box. */
export async function choose(page: Page, target: Locator): Promise<void> {
  if (await target.isChecked()) return;
  const name = await target.getAttribute('name');
  const box = (await target.getAttribute('type')) === 'checkbox';
  // Tab stops once in a group of radio buttons: at the chosen one, or else at the first or last.
  await tabTo(page, box ? target : page.locator(`input[type=radio][name="${name}"]`));
  await page.keyboard.press('Space');
  for (let turns = 0; turns < MOST && !(await target.isChecked()); turns++) await page.keyboard.press('ArrowDown');
  await expect(target).toBeChecked();
}

/** Picks the option of this value in a list. */
export async function select(page: Page, target: Locator, value: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Home');
  for (let turns = 0; turns < MOST && (await target.inputValue()) !== value; turns++) await page.keyboard.press('ArrowDown');
  await expect(target).toHaveValue(value);
}
