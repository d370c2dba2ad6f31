import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Recovered } from './recover-scenario.ts';
import { RecoveryServer } from './recovery-server.ts';
import { settleAndJudge } from './settle-and-judge.ts';
import type { Facts, Violation } from './judge.ts';
import { makeOldSide } from './scenario.ts';
import { runPlain } from './traced-process.ts';

const run = promisify(execFile);

/** What was there before the scripted apply: nothing of setpoint, or a record of the old files. */
export type Start = 'fresh' | 'recorded';

/** Where points are tried, one after the other: makes roots, recovers them in one long-lived process, judges. */
export class Bench {
  readonly #script: string;
  readonly #directory: string;
  readonly #keep: boolean;
  #recovery: RecoveryServer | null = null;
  #roots = 0;

  constructor(script: string, directory: string, keep: boolean) {
    this.#script = script;
    this.#directory = directory;
    this.#keep = keep;
  }

  get script(): string {
    return this.#script;
  }

  /** A new root on the old side. */
  async newRoot(start: Start): Promise<string> {
    this.#roots += 1;
    const root = join(this.#directory, `root-${String(this.#roots)}`);
    const template = join(this.#directory, `template-${start}`);
    if (!existsSync(template)) await this.#makeTemplate(template, start);
    await run('cp', ['-a', template, root]);
    return root;
  }

  async #makeTemplate(template: string, start: Start): Promise<void> {
    mkdirSync(template);
    await makeOldSide(template);
    if (start === 'fresh') return;
    const { stdout } = await runPlain({ script: this.#script, root: template, action: 'prepare' });
    if (!stdout.includes('"applied"')) throw new Error(`the earlier apply failed: ${stdout}`);
  }

  /** Recovers, judges, recovers again. */
  settle(root: string, facts: Facts): Promise<readonly Violation[]> {
    return settleAndJudge(root, (where) => this.recover(where), facts);
  }

  recover(root: string): Promise<Recovered> {
    this.#recovery ??= new RecoveryServer(this.#script);
    return this.#recovery.recover(root);
  }

  /** Removes a root and what was put beside it (`<root>.log`, …), unless it is to be looked at. */
  async done(root: string): Promise<void> {
    if (this.#keep) process.stdout.write(`kept: ${root}\n`);
    else {
      const name = basename(root);
      const mine = readdirSync(dirname(root)).filter((n) => n === name || n.startsWith(`${name}.`));
      await Promise.all(
        mine.map((n) => rm(join(dirname(root), n), { recursive: true, force: true })),
      );
    }
  }

  close(): void {
    this.#recovery?.end();
    if (!this.#keep) rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** A bench of its own directory, in memory where that holds attributes and has room: a killed process does not lose what is there. */
export function openBench(script: string, keep: boolean): Bench {
  const place = keep || !hasRoom('/dev/shm') ? tmpdir() : '/dev/shm';
  return new Bench(script, realpathSync(mkdtempSync(join(place, 'setpoint-sweep-'))), keep);
}

function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize > 2 ** 27;
  } catch {
    return false;
  }
}
