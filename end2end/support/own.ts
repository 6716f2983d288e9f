// A test that changes what all visitors see (questions, which clinics are open) has clinics of its own: the same program
// on another port, with the sample set-up in a database that nobody else uses.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect } from './test';

const run = promisify(execFile);

/** Clinics that one worker has to itself. */
export interface Own {
  /** Where the pages are. */
  url: string;
  /** The folder with `demo.txt` and the database. */
  folder: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const port = (server.address() as { port: number }).port;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The sample set-up switches counselling off, and has no page yet that switches it on. */
async function switchOn(database: string, clinic: string): Promise<void> {
  const change = 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); '
    + 'db.execute("UPDATE clinics SET enabled = 1 WHERE id = ?", (sys.argv[2],)); db.commit()';
  await run(process.env.PYTHON ?? 'python3', ['-c', change, database, clinic]);
}

async function start(): Promise<{ own: Own; served: ChildProcess }> {
  const program = process.env.CLINICS ?? resolve('../target/release/clinics');
  const folder = await mkdtemp(join(tmpdir(), 'clinics-own-'));
  const database = join(folder, 'clinics.db');
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = {
    ...process.env,
    DATABASE_URL: `sqlite:${database}`,
    LISTEN: url.slice('http://'.length),
    PUBLIC_URL: url,
    MAIL_DIR: join(folder, 'mail'),
    RATE_LIMITS: 'off',
  };
  const { stdout } = await run(program, ['demo'], { env, cwd: folder });
  await writeFile(join(folder, 'demo.txt'), stdout);
  await switchOn(database, 'counselling');
  const served = spawn(program, ['serve'], { env, cwd: folder, stdio: 'ignore' });
  await expect
    .poll(() => fetch(`${url}/readyz`).then((answer) => answer.status, () => 0), { timeout: 60_000 })
    .toBe(200);
  return { own: { url, folder }, served };
}

export const test = base.extend<object, { own: Own }>({
  own: [
    async ({}, use) => {
      const { own, served } = await start();
      await use(own);
      const gone = new Promise((ended) => served.once('exit', ended));
      served.kill('SIGTERM');
      await gone;
      await rm(own.folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ own }, use) => use(own.url),
});

export { expect };
