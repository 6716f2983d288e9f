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

/** Runs a Python script on a database; it has it as `db`, and its further arguments as `given`. */
export async function change(database: string, script: string, ...given: string[]): Promise<string> {
  const whole = `import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=30)\ngiven = sys.argv[2:]\n${script}\ndb.commit()\n`;
  return (await run(process.env.PYTHON ?? 'python3', ['-c', whole, database, ...given])).stdout;
}

/** The sample set-up switches counselling off, and has no page yet that switches it on. */
async function switchOn(database: string, clinic: string): Promise<void> {
  await change(database, 'db.execute("UPDATE clinics SET enabled = 1 WHERE id = ?", given)', clinic);
}

/** What is done to the database before anybody is served. */
export type Arrange = (database: string) => Promise<void>;

async function start(arrange: Arrange): Promise<{ own: Own; served: ChildProcess }> {
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
  await arrange(database);
  const served = spawn(program, ['serve'], { env, cwd: folder, stdio: 'ignore' });
  await expect
    .poll(() => fetch(`${url}/readyz`).then((answer) => answer.status, () => 0), { timeout: 60_000 })
    .toBe(200);
  return { own: { url, folder }, served };
}

export const test = base.extend<object, { arrange: Arrange; own: Own }>({
  arrange: [async ({}, use) => use(async () => {}), { scope: 'worker', option: true }],
  own: [
    async ({ arrange }, use) => {
      const { own, served } = await start(arrange);
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
