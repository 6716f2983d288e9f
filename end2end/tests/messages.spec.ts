// What a mail leads to: say that I come, ask for a call, move, cancel, behind one link; and what staff see of messages.
import { expectAccessible } from '../support/access';
import { answerAll, awake, giveDetails, pick, send, someone, start } from '../support/journey';
import { mailTo } from '../support/mail';
import { signIn } from '../support/staff';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

/** Whether the page fits the screen and keeps to WCAG; axe needs scripts. */
async function fitFor(page: Page, javaScript: boolean | undefined): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
  if (javaScript !== false) await expectAccessible(page);
}

test('behind the link: I am coming, a call, another time, and cancelled, each by a button', async ({ page, javaScriptEnabled }, info) => {
  const address = someone('manage', info.project.name);
  await start(page, 'Nutrition clinic');
  await answerAll(page);
  await awake(page, javaScriptEnabled);
  await pick(page, 3);
  await giveDetails(page, address, 'Manage Sample');
  await send(page, 'Book this appointment');
  const mail = await mailTo(address);
  const link = /https?:\/\/\S+\/appointments\/[\w.-]+/.exec(mail.parts[0].text)![0];
  const path = new URL(link).pathname;

  await page.goto(path);
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Yes, I am coming' }).click();
  await expect(page.locator('main')).toContainText('You told us that you are coming');
  await fitFor(page, javaScriptEnabled);

  await page.goto(`${path}/move`);
  await fitFor(page, javaScriptEnabled);
  await page.locator('main input[type=radio]').first().check();
  await page.getByRole('button', { name: 'Change to this time' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  const moved = await mailTo(address, { count: 2 });
  expect(moved.raw).toContain('METHOD:REQUEST');

  await page.locator('#cancel summary').click();
  await page.getByRole('radio', { name: 'The time is no good for me' }).check();
  await fitFor(page, javaScriptEnabled);
  await page.locator('#cancel form button').click();
  await expect(page.locator('main')).toContainText('is cancelled');
  await fitFor(page, javaScriptEnabled);
  const gone = await mailTo(address, { count: 3 });
  expect(gone.raw).toContain('METHOD:CANCEL');

  await signIn(page, 'nutrition.supervisor@sample.invalid');
  await page.goto('/staff/messages');
  await expect(page.locator('main')).toContainText('Sent');
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'See each message with sample data' }).click();
  await fitFor(page, javaScriptEnabled);
  await page.getByRole('link', { name: 'Reminder', exact: true }).click();
  await fitFor(page, javaScriptEnabled);
  // The mail itself is a sandboxed page in which nothing runs, this test's own scripts included.
  const asMail = await page.getByRole('link', { name: 'See it as a mail' }).getAttribute('href');
  const answer = await page.request.get(asMail!);
  expect(answer.headers()['content-security-policy']).toContain('sandbox');
  expect(await answer.text()).toContain('Amina');
});
