// The test of every spec: as Playwright's, and a page that complains (an error on the console, a
// script that throws, a request to somebody else's server) fails whatever test it is in.
import { test as base, expect } from '@playwright/test';

export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      page.on('console', (message) => {
        // A kind page with the status 404 or 422 is an error to the console, but not to us.
        const status = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
        if (message.type() === 'error' && !status) complaints.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
      page.on('request', (request) => {
        const address = new URL(request.url());
        const outside = address.protocol.startsWith('http') && address.origin !== origin;
        if (outside) complaints.push(`third party: ${address.href}`);
      });
      await use(complaints);
      expect(complaints, 'what the page complained about').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
