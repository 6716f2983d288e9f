// Every page of the desk that the table of routes has, for those who may see it: no wider than the screen, one heading, and
// nothing that axe would say, wide and light, narrow and dark.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { violations } from '../support/access';
import { stage } from '../support/mail';
import { change } from '../support/own';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';

/**
 * Routes that answer with no page of the desk: streams, files, a way on, and a mail as its reader sees it. A draft of questions is
 * looked at where one is made, in `questions.spec.ts`.
 */
const NO_PAGE = new Set(['/staff/questions/{set}/draft', '/staff/live', '/staff/waiting', '/staff/reports.csv', '/staff/reports.xlsx', '/staff/messages/samples/{name}/mail']);

/** Pages that the sample set-up leads nobody to. */
const REACHED_BY_FORM: Record<string, string> = {
  '/staff/{*nothing}': '/staff/nothing-here',
  '/staff/find': '/staff/find',
  '/staff/availability/{clinic}/resolve': '/staff/availability/nutrition/resolve',
  '/staff/prove': '/staff/prove?to=/staff/account',
  '/staff/second-factor': '/staff/second-factor',
};

/** Pages of an appointment that is over: the first in the calendar of today is seldom one. */
async function afterwards(): Promise<Record<string, string>> {
  const script = `
print(db.execute("SELECT reference FROM appointment_details WHERE clinic_id = 'nutrition' AND state = 'attended' LIMIT 1").fetchone()[0])`;
  const reference = (await change(join(stage(), 'clinics.db'), script)).trim();
  return Object.fromEntries(['outcome', 'again'].map((name) => [`/staff/appointments/{reference}/${name}`, `/staff/appointments/${reference}/${name}`]));
}

/** Every page of the desk, from the table that the server's own tests check cell by cell. */
const ROUTES = [...new Set([...table().matchAll(/"GET",\s*"(\/[^"?]+)/g)].map(([, route]) => route))].filter((route) => !NO_PAGE.has(route));

const WHO = [
  'nutrition.supervisor@sample.invalid',
  'law.supervisor@sample.invalid',
  'manager@sample.invalid',
  'conflicts@sample.invalid',
  'admin@sample.invalid',
  'sports.adviser@sample.invalid',
];

function table(): string {
  return readFileSync(resolve('../server/src/http/staff/tests/table.rs'), 'utf8');
}

/** The route that an address belongs to; the one with the fewest blanks where several do. */
function routeOf(path: string): string | undefined {
  const blanks = (route: string) => route.split('{').length;
  const fits = (route: string) => new RegExp(`^${route.replaceAll('.', '\\.').replace(/\{\*\w+\}/, '.+').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return ROUTES.filter((route) => !route.includes('*') && fits(route)).sort((a, b) => blanks(a) - blanks(b))[0];
}

/** What a reader or a small screen would stumble over. */
async function wrong(page: Page): Promise<string[]> {
  const found: string[] = [];
  const headings = await page.locator('h1').count();
  if (headings !== 1) found.push(`${page.url()} has ${headings} headings of the first level`);
  for (const [width, colorScheme] of [[1440, 'light'], [320, 'dark']] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A colour that is still on its way to another has a contrast of its own.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    if (!fits) found.push(`${page.url()} is wider than ${width}`);
    found.push(...(await violations(page)).map((violation) => `${page.url()} at ${width}, ${colorScheme}: ${violation}`));
  }
  return found;
}

test('every page of the desk is accessible to all who may see it', async ({ page, browser, javaScriptEnabled }, info) => {
  test.skip(javaScriptEnabled === false || info.project.name === 'narrow', 'both widths are in here, and axe needs scripts');
  test.setTimeout(900_000);
  const reached = new Set<string>();
  const byAddress = { ...REACHED_BY_FORM, ...(await afterwards()) };
  const problems: string[] = [];
  for (const who of WHO) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, who);
    const seen = new Set<string>();
    const next = ['/staff', ...Object.values(byAddress)];
    while (next.length) {
      const path = next.shift()!;
      const route = Object.keys(byAddress).find((one) => byAddress[one] === path) ?? routeOf(new URL(path, page.url()).pathname);
      if (!route || seen.has(route)) continue;
      const answer = await page.goto(path);
      // What somebody may not see is a page as well, and a route of its own for the next.
      if (answer!.status() >= 400 && !REACHED_BY_FORM[route]) continue;
      seen.add(route);
      problems.push(...(await test.step(`${who.split('@')[0]}: ${route}`, () => wrong(page))));
      const links = await page.locator('a[href^="/staff"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
      next.push(...links.filter((link) => !link.includes('#') || link.startsWith('/staff#')));
    }
    seen.forEach((route) => reached.add(route));
    await context.close();
  }
  expect(problems).toEqual([]);
  const missing = ROUTES.filter((route) => !reached.has(route));
  expect(missing, 'routes of the table that nobody was led to').toEqual([]);
});
