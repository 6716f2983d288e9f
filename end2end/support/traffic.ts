// Counts what a page loads, as it travelled: compressed, with its headers.
import type { CDPSession, Page } from '@playwright/test';

/** The bars of a public page, in bytes. */
export const BARS = { html: 14_000, plain: 25_000, island: 100_000 };

/** What one page loaded. */
export interface Traffic {
  /** Bytes of the page itself. */
  html: number;
  /** Bytes of everything. */
  total: number;
  /** What was loaded, with its bytes. */
  requests: { url: string; bytes: number }[];
}

/** Loads a page with an empty cache and counts until nothing more is asked for. */
export async function load(page: Page, path: string): Promise<Traffic> {
  const session = await page.context().newCDPSession(page);
  const seen = await watch(session);
  await page.goto(path, { waitUntil: 'networkidle' });
  await session.detach();
  const requests = [...seen.values()];
  const total = requests.reduce((sum, request) => sum + request.bytes, 0);
  return { html: requests[0]?.bytes ?? 0, total, requests };
}

async function watch(session: CDPSession): Promise<Map<string, { url: string; bytes: number }>> {
  const seen = new Map<string, { url: string; bytes: number }>();
  session.on('Network.requestWillBeSent', (event) => {
    // A picture written into the page or the style sheet itself was counted there.
    if (!event.request.url.startsWith('data:')) seen.set(event.requestId, { url: event.request.url, bytes: 0 });
  });
  session.on('Network.loadingFinished', (event) => {
    const request = seen.get(event.requestId);
    if (request) request.bytes = event.encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return seen;
}
