import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';
import type { Recovered } from './recover-scenario.ts';
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
  #worker: Worker | null = null;
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
    this.#worker ??= new Worker(this.#script);
    return this.#worker.recover(root);
  }

  /** Removes a root and what was put beside it (`<root>.log`, …), unless it is to be looked at. */
  async done(root: string): Promise<void> {
    if (this.#keep) process.stdout.write(`kept: ${root}\n`);
    else await run('sh', ['-c', 'rm -rf "$1" "$1".*', 'sh', root]);
  }

  close(): void {
    this.#worker?.end();
    if (!this.#keep) rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** Recovers root after root; starting a process for each would take longer than the recovery. */
class Worker {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(script: string) {
    this.#child = spawn(process.execPath, [script, 'serve'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#child.stdout === null) throw new TypeError('the worker has no output');
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async recover(root: string): Promise<Recovered> {
    this.#child.stdin?.write(`${root}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('the recovering process ended');
    return JSON.parse(value) as Recovered;
  }

  end(): void {
    this.#child.stdin?.end();
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
