// Reads what the mail server of the tests has received.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** A mail as it came, with what the tests ask of it. */
export interface Mail {
  file: string;
  /** Everything, undecoded. */
  raw: string;
  /** Whom the sender named to the server. */
  to: string;
  /** Decoded, on one line. */
  subject: string;
  /** The decoded text of every part, in order, by its type. */
  parts: { type: string; method?: string; text: string }[];
}

/** All mails to an address, oldest first; `folder` is where they are kept, if not with the usual clinics. */
export async function mailsTo(address: string, folder = join(stage(), 'spool')): Promise<Mail[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(files.map(async (file) => parse(file, await readFile(join(folder, file), 'utf8'))));
  return mails.filter((mail) => mail.to.toLowerCase().split(/[\s,<>]+/).includes(address.toLowerCase()));
}

/** Waits for the `count`th mail to an address; fails after `seconds`. */
export async function mailTo(address: string, { count = 1, seconds = 15 } = {}): Promise<Mail> {
  let found: Mail[] = [];
  await expect
    .poll(async () => (found = await mailsTo(address)).length, { timeout: seconds * 1000 })
    .toBeGreaterThanOrEqual(count);
  return found[count - 1];
}

/** The folder that the running clinics write to. */
export function stage(): string {
  const folder = process.env.STAGE;
  if (!folder) throw new Error('STAGE is not set: run `cargo xtask test --only browser`');
  return folder;
}

function parse(file: string, raw: string): Mail {
  const { headers, body } = split(raw);
  return {
    file,
    raw,
    to: headers.get('x-envelope-to') ?? headers.get('to') ?? '',
    subject: decodeWords(headers.get('subject') ?? ''),
    parts: parts(headers, body),
  };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const text = raw.replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  const head = (end < 0 ? text : text.slice(0, end)).replace(/\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : text.slice(end + 2) };
}

function parts(headers: Map<string, string>, body: string): Mail['parts'] {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = parameter(type, 'boundary');
  if (boundary) {
    const inner = body.split(`--${boundary}`).slice(1, -1);
    return inner.flatMap((raw) => {
      const part = split(raw.replace(/^\n/, ''));
      return parts(part.headers, part.body);
    });
  }
  const method = parameter(type, 'method');
  const text = decode(body, headers.get('content-transfer-encoding') ?? '7bit');
  return [{ type: type.split(';')[0].trim().toLowerCase(), method, text }];
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header);
  return found?.[1] ?? found?.[2];
}

function decode(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return unquote(body.replace(/=\n/g, ''));
    default:
      return body;
  }
}

function unquote(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Subjects with letters beyond ASCII come as `=?utf-8?b?…?=`. */
function decodeWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, text) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : unquote(text.replace(/_/g, ' ')),
    );
}
