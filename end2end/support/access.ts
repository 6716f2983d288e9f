// Asks axe whether a page keeps to WCAG 2.2 AA.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SOURCE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe found, where, and what it means. It needs JavaScript in the page; see `withoutScripts` for the page as it is
 * before any of ours.
 */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, not as a script element: the page's own policy forbids those.
  await page.evaluate(await SOURCE);
  return page.evaluate(async (tags) => {
    const axe = (globalThis as any).axe;
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap((rule: any) => rule.nodes.map((node: any) => `${rule.id}: ${node.target.join(' ')} (${rule.help})`));
  }, TAGS);
}

/** Fails with what axe found. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page), `axe on ${page.url()}`).toEqual([]);
}

/** From now on the page loads none of our scripts, as if they never arrived. */
export async function withoutScripts(page: Page): Promise<void> {
  await page.route('**/pkg/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
}
