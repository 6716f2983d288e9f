// A case that a person looks at first: it is decided on the desk, and the client goes on by the link in their mail.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/access';
import { answerAll, giveDetails, send, someone, start } from '../support/journey';
import { mailTo, stage } from '../support/mail';
import { expect, test } from '../support/test';

const SUPERVISOR = 'nutrition.supervisor@sample.invalid';

async function signIn(page: Page, email: string): Promise<void> {
  const printed = await readFile(join(stage(), 'demo.txt'), 'utf8');
  const line = printed.split('\n').find((line) => line.includes(email));
  await page.goto('/staff/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(line!.trim().split(/\s+/)[1]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/staff$/);
}

/** Sends a case by needing an interpreter, and returns its reference. */
async function ask(page: Page, email: string, name: string): Promise<string> {
  await start(page, 'Nutrition clinic');
  await answerAll(page, { A5b: 'Yes' });
  await page.getByRole('link', { name: 'Continue' }).or(page.getByRole('button', { name: 'Continue' })).first().click();
  await giveDetails(page, email, name);
  await send(page, 'Send my request');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('We have your request');
  await expect(page.locator('main')).toContainText('It has a link to see your request');
  const link = page.getByRole('link', { name: 'See your request' });
  await expect(link).toHaveAttribute('href', /^\/requests\//);
  return (await page.locator('.reference .reference-groups span').allInnerTexts()).join('');
}

async function open(page: Page, name: string): Promise<void> {
  await page.goto('/staff/requests');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Request');
}

async function sane(page: Page, javaScriptEnabled: boolean | undefined): Promise<void> {
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(wide, `${page.url()} is wider than the screen`).toBe(true);
}

/** The path of the client's page, from a mail that says nothing of what it is about. */
async function linkIn(email: string, count: number, subject: string): Promise<string> {
  const mail = await mailTo(email, { count });
  expect(mail.subject).toBe(subject);
  expect(mail.raw.toLowerCase()).not.toContain('nutrition');
  const text = mail.parts.find(({ type }) => type === 'text/plain')!.text;
  return new URL(/https?:\/\/\S+\/requests\/\S+/.exec(text)![0]).pathname;
}

test('asked for more, then accepted: the client answers and picks a time', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('asked', info.project.name);
  const name = `Gita Sample ${info.project.name}`;
  await ask(page, email, name);
  const link = await linkIn(email, 1, 'We have your request');
  await page.goto(link);
  await expect(page.locator('main')).toContainText('A person is reading it');
  await sane(page, javaScriptEnabled);

  await signIn(page, SUPERVISOR);
  await open(page, name);
  await sane(page, javaScriptEnabled);
  await page.getByLabel('Ask the client for more').check();
  await page.getByLabel('Question to the client').fill('Which language do you speak?');
  await page.getByRole('button', { name: 'Decide and tell the client' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('Question to the client')).toHaveValue('Which language do you speak?');
  await page.getByLabel('Reason, for the record').fill('We need the right interpreter.');
  await page.getByRole('button', { name: 'Decide and tell the client' }).click();
  await expect(page.locator('main')).toContainText('Client has a question to answer');

  expect(await linkIn(email, 2, 'We have an answer for you')).toBe(link);
  await page.goto(link);
  await expect(page.locator('main')).toContainText('Which language do you speak?');
  await expect(page.locator('main')).not.toContainText('right interpreter');
  await sane(page, javaScriptEnabled);
  await page.getByLabel('Your answer').fill('Somali.');
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await expect(page.locator('main')).toContainText('A person is reading it');

  await open(page, name);
  await expect(page.locator('main')).toContainText('Somali.');
  await page.getByLabel('Accept: the client picks any free time').check();
  await page.getByLabel('Reason, for the record').fill('It fits the clinic.');
  await page.getByRole('button', { name: 'Decide and tell the client' }).click();
  await expect(page.locator('main')).toContainText('Client can pick a time');
  await sane(page, javaScriptEnabled);

  await linkIn(email, 3, 'We have an answer for you');
  await page.goto(link);
  await expect(page).toHaveTitle('Your request');
  await sane(page, javaScriptEnabled);
  // Other tests book too: whoever is too late is offered the others.
  for (let tries = 0; tries < 4 && !/\/appointments\//.test(page.url()); tries++) {
    await page.locator('input[type=radio][name=start]').nth(3 + tries).check();
    const byPhone = page.locator('input[type=radio][name=mode][value=phone]');
    if (await byPhone.count()) await byPhone.check();
    await page.getByRole('button', { name: 'Book this time' }).click();
  }
  await expect(page).toHaveURL(/\/appointments\//);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Your appointment');
});

test('declined: the client sees who can help instead', async ({ page, javaScriptEnabled }, info) => {
  const email = someone('declined', info.project.name);
  const name = `Hana Sample ${info.project.name}`;
  await ask(page, email, name);
  await signIn(page, SUPERVISOR);
  await open(page, name);
  await page.getByLabel('Decline, and say who can help').check();
  await page.getByLabel('NHS 111', { exact: true }).check();
  await page.getByLabel('Reason, for the record').fill('The hospital is seeing her.');
  await page.getByRole('button', { name: 'Decide and tell the client' }).click();
  await expect(page.locator('main')).toContainText('Declined');
  await page.goto(await linkIn(email, 2, 'We have an answer for you'));
  await expect(page.locator('main a[href="tel:111"]')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('hospital');
  await sane(page, javaScriptEnabled);
});

test('a request is taken back by a button, behind a second step', async ({ page }, info) => {
  await ask(page, someone('back', info.project.name), `Ines Sample ${info.project.name}`);
  await page.getByRole('link', { name: 'See your request' }).click();
  await page.getByText("I don't need this any more").click();
  await page.getByRole('button', { name: 'Yes, take my request back' }).click();
  await expect(page.locator('main')).toContainText('You took your request back');
});
