import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessInfo } from './ports.ts';
import { parseCommandLine, parseStat } from './proc-files.ts';

/** Milliseconds between looks: shorter than a program lives that parses its flags and gives up. */
const TICK = 5;
/** Looks at a new process until exec has given it its own arguments. */
const LOOKS = 40;
/** New pids followed at a time; more start only on a machine where none of them can be told apart. */
const FOLLOWED = 512;

/**
 * Sees processes that start and die between two listings of /proc. The newest pid of this pid namespace stands in
 * /proc/loadavg (proc(5), fifth field): only when it moves, the pids in between are looked at.
 */
export class StartWatch {
  readonly #procRoot: string;
  readonly #wanted: (argv: readonly string[]) => boolean;
  readonly #seen: (process: ProcessInfo) => void;
  readonly #young = new Map<number, number>();
  #newest: number | null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    procRoot: string,
    wanted: (argv: readonly string[]) => boolean,
    seen: (process: ProcessInfo) => void,
  ) {
    this.#procRoot = procRoot;
    this.#wanted = wanted;
    this.#seen = seen;
    this.#newest = this.#readNewest();
  }

  start(): void {
    if (this.#newest === null) return;
    this.#timer = setInterval(() => this.tick(), TICK);
    // A watch keeps no command alive.
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** One look. */
  tick(): void {
    const newest = this.#readNewest();
    if (newest === null || this.#newest === null) return;
    // After the pid counter wrapped, the few pids before the wrap are passed over.
    const from = newest < this.#newest ? 1 : this.#newest + 1;
    this.#newest = newest;
    for (let pid = Math.max(from, newest - FOLLOWED); pid <= newest; pid += 1) {
      this.#young.set(pid, LOOKS);
    }
    for (const [pid, looks] of this.#young) {
      if (looks === 0 || this.#look(pid)) this.#young.delete(pid);
      else this.#young.set(pid, looks - 1);
    }
  }

  /** Whether there is nothing more to see of this pid. */
  #look(pid: number): boolean {
    const directory = join(this.#procRoot, String(pid));
    try {
      const argv = parseCommandLine(readFileSync(join(directory, 'cmdline')));
      if (!this.#wanted(argv)) return false;
      // Threads have pids too and answer with the arguments of their process.
      const status = readFileSync(join(directory, 'status'), 'utf8');
      if (!new RegExp(`^Tgid:\\s*${pid}$`, 'm').test(status)) return true;
      const stat = parseStat(readFileSync(join(directory, 'stat'), 'utf8'));
      if (stat === null) return true;
      this.#seen({ pid, ppid: stat.ppid, argv, startTime: stat.startTime });
      return true;
    } catch {
      return true;
    }
  }

  #readNewest(): number | null {
    try {
      const fields = readFileSync(join(this.#procRoot, 'loadavg'), 'utf8').trim().split(' ');
      const newest = Number(fields[4]);
      return Number.isInteger(newest) ? newest : null;
    } catch {
      return null;
    }
  }
}
