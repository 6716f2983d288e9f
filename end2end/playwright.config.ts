// The journeys of `tests/`, in the system's Chromium, against clinics that already run.
// `cargo xtask test --only browser` starts them and sets the variables below.
import { defineConfig } from '@playwright/test';

const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // What a fresh Chromium would ask the internet for, which would count as a third party.
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/stage/playwright',
  forbidOnly: !!process.env.CI,
  // A test that passes only sometimes is a failure here, not a reason to try again.
  retries: 0,
  workers: 2,
  // Generous: a slow machine is no reason to fail, a wrong page is.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    locale: 'en-GB',
    // The clinics show London's time wherever the visitor's own clock is set.
    timezoneId: 'Pacific/Auckland',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'js', use: { ...chromium } },
    { name: 'no-js', use: { ...chromium, javaScriptEnabled: false } },
    { name: 'narrow', grepInvert: /is small/, use: { ...chromium, viewport: { width: 320, height: 640 } } },
  ],
});
