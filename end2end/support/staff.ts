// Signs staff of the sample set-up in.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { stage } from './mail';

/** The password that `clinics demo` printed for an account. */
export async function passwordOf(email: string, folder: string): Promise<string> {
  const printed = await readFile(join(folder, 'demo.txt'), 'utf8');
  const line = printed.split('\n').find((line) => line.includes(email));
  return line!.trim().split(/\s+/)[1];
}

/** Through the sign-in page, to today's list. `folder` is where the clinics wrote their sign-ins, if not the usual one. */
export async function signIn(page: Page, email: string, folder = stage()): Promise<void> {
  await page.goto('/staff');
  await expect(page).toHaveURL(/\/staff\/sign-in/);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(await passwordOf(email, folder));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/staff$/);
}
