import type { Page } from '@playwright/test';

/** Opens the desk's menu where a narrow screen has it folded. */
export async function openMenu(page: Page): Promise<void> {
  const fold = page.locator('.rail-menu > summary');
  if ((await fold.isVisible()) && (await page.locator('.rail-menu[open]').count()) === 0) await fold.click();
}
