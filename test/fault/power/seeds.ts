import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ASIDE, BOUND, makeOldSide, STATE } from '../sweep/scenario.ts';
import { runPlain } from '../sweep/traced-process.ts';
import type { PowerStart } from './cut-point.ts';

/** The apply's run, as the bundled process names it. */
const RUN = '01JSWEEP00000000000000000B';

/** Hosts before the apply, as directories to copy onto new disks. */
export class Seeds {
  readonly #made = new Map<PowerStart, Promise<string>>();
  readonly #directories: string[] = [];
  readonly #script: string;

  /** `script`: a sound scripted apply, for the earlier apply that some hosts had. */
  constructor(script: string) {
    this.#script = script;
  }

  /** Complete, also for who asks while it is made. */
  of(start: PowerStart): Promise<string> {
    const made = this.#made.get(start) ?? this.#make(start);
    this.#made.set(start, made);
    return made;
  }

  async #make(start: PowerStart): Promise<string> {
    const seed = realpathSync(mkdtempSync(join(tmpdir(), `setpoint-power-${start}-`)));
    this.#directories.push(seed);
    await makeOldSide(seed);
    if (start === 'fresh') return seed;
    if (start === 'aside') writeFileSync(join(seed, ASIDE), '');
    const { stdout } = await runPlain({ script: this.#script, root: seed, action: 'prepare' });
    if (!stdout.includes('"applied"')) throw new Error(`the earlier apply failed: ${stdout}`);
    if (start.startsWith('in-place')) bindFirst(seed);
    if (start === 'planted') plantLink(seed);
    if (start === 'decided') plantDecision(seed);
    return seed;
  }

  remove(): void {
    for (const seed of this.#directories) rmSync(seed, { recursive: true, force: true });
    this.#made.clear();
  }
}

/** The first file lies elsewhere; Disks mounts it where it belongs. */
function bindFirst(seed: string): void {
  mkdirSync(join(seed, dirname(BOUND.source)));
  renameSync(join(seed, BOUND.target), join(seed, BOUND.source));
  writeFileSync(join(seed, BOUND.target), 'below the mount\n');
}

/** Where the first new file will be staged there is a link to a file of somebody else. */
function plantLink(seed: string): void {
  const stage = join(seed, `etc/app/.setpoint-stage-${RUN}`);
  mkdirSync(stage, { recursive: true, mode: 0o700 });
  symlinkSync('../../.hidden', join(stage, '0.new'));
}

/** Somebody else decided first. */
function plantDecision(seed: string): void {
  const decision = {
    formatVersion: 1,
    decision: 'revert',
    reason: 'planted',
    hold: false,
    at: '2026-01-02T03:04:05.000Z',
    commits: [],
    checks: [],
    processes: { processes: [] },
  };
  const folder = join(seed, STATE, 'runs', RUN);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'decision'), JSON.stringify(decision), { mode: 0o600 });
}
