// What holds on every public page, whatever it says.
import { expectAccessible, withoutScripts } from '../support/access';
import { expect, test } from '../support/test';
import { BARS, load } from '../support/traffic';

const PAGES = [
  '/',
  '/choose',
  '/clinics/law',
  '/clinics/sports',
  '/clinics/nutrition',
  '/clinics/business',
  '/clinics/charity',
  '/find',
  '/accessibility',
  '/privacy',
  '/staff/sign-in',
];

for (const path of PAGES) {
  test.describe(path, () => {
    test('answers with one heading, a language and a title', async ({ page }) => {
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('html')).toHaveAttribute('lang', /^[a-z]{2}/);
      await expect(page).toHaveTitle(/\S/);
    });

    test('is small, and smaller still without an island', async ({ page }) => {
      const traffic = await load(page, path);
      const islands = await page.locator('leptos-island').count();
      // The small boot script alone serves buttons such as "Exit this page".
      const waking = traffic.requests.filter(({ url }) => /clinics-\w+\.js$|\.wasm$/.test(url));
      if (islands === 0) expect(waking, 'a page without an island wakes nothing').toEqual([]);
      const loaded = JSON.stringify(traffic.requests, null, 1);
      expect(traffic.html, loaded).toBeGreaterThan(0);
      expect(traffic.html, loaded).toBeLessThan(BARS.html);
      expect(traffic.total, loaded).toBeLessThanOrEqual(islands ? BARS.island : BARS.plain);
    });

    test('fits the width of the screen', async ({ page }) => {
      await page.goto(path);
      const [content, screen] = await Promise.all([
        page.evaluate(() => document.documentElement.scrollWidth),
        page.evaluate(() => document.documentElement.clientWidth),
      ]);
      expect(content).toBeLessThanOrEqual(screen);
    });

    test('keeps to WCAG 2.2 AA, before and after its scripts', async ({ page, javaScriptEnabled }) => {
      test.skip(javaScriptEnabled === false, 'axe is JavaScript; the page without scripts is asked for below');
      await page.goto(path, { waitUntil: 'networkidle' });
      await expectAccessible(page);
      if ((await page.locator('leptos-island').count()) > 0) {
        await withoutScripts(page);
        await page.goto(path);
        await expectAccessible(page);
      }
    });
  });
}
