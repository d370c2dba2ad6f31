import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { buildScriptIn } from './build-script.ts';
import { COUNTER, isAlive } from './contention-oracle.ts';

export interface Contest {
  readonly lock: 'run' | 'path';
  readonly processes: number;
  readonly turns: number;
  readonly kills: number;
  readonly stops: number;
  /** Longest stop, milliseconds. */
  readonly longest: number;
}

export interface Verdict {
  /** Each time when two were inside at once, with who met whom. */
  readonly violations: readonly string[];
  /** Numbers that two contenders wrote, or that are beyond the counter. */
  readonly lostWrites: number;
  /** Survivors that did not do all their turns, with what they said. */
  readonly failed: readonly string[];
  readonly writes: number;
  readonly killed: number;
  readonly orphans: number;
  readonly stopped: number;
  /** Longest wait of a survivor for its lock, milliseconds. */
  readonly slowest: number;
}

interface Contender {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly signal: string | null; readonly said: string }>;
  alive: boolean;
}

/** Lets processes fight for one lock while they are stopped, continued and killed at random, and counts what went wrong. */
export async function contend(contest: Contest): Promise<Verdict> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-contention-')));
  const contenders: Contender[] = [];
  // A test that is given up must not leave its processes behind.
  const end = (): void => {
    for (const { child, alive } of contenders) if (alive) child.kill('SIGKILL');
  };
  process.once('exit', end);
  try {
    const script = buildScriptIn(root, 'contender');
    writeFileSync(join(root, COUNTER), '0');
    for (let i = 0; i < contest.processes; i += 1) {
      contenders.push(startContender(script, root, contest));
    }
    const hits = await disturb(contenders, root, contest);
    const ends = await Promise.all(contenders.map(({ ended }) => ended));
    await orphanGone(root);
    return judge(root, ends, hits);
  } finally {
    end();
    process.off('exit', end);
    rmSync(root, { recursive: true, force: true });
  }
}

function startContender(script: string, root: string, { lock, turns, kills }: Contest): Contender {
  const child = spawn(process.execPath, [script, lock, root, String(turns)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ORPHANS: kills > 0 ? 'yes' : 'no' },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const contender: Contender = {
    child,
    alive: true,
    ended: once(child, 'close').then(async ([code, signal]) => {
      contender.alive = false;
      const [out, err] = await said;
      return {
        signal: signal as string | null,
        said: code === 0 ? out : `${String(code)}: ${err}`,
      };
    }),
  };
  return contender;
}

/** Whoever is inside is hit more often than the others: that is where it hurts. */
async function disturb(
  contenders: readonly Contender[],
  root: string,
  { kills, stops, longest }: Contest,
): Promise<{ readonly kills: number; readonly stops: number }> {
  const done = { kills: 0, stops: 0 };
  while (contenders.some(({ alive }) => alive)) {
    await sleep(2 + Math.random() * 15);
    const alive = contenders.filter((one) => one.alive);
    const inside = alive.find(({ child }) => String(child.pid) === insider(root));
    const victim = inside ?? alive[Math.floor(Math.random() * alive.length)];
    if (victim === undefined) continue;
    // Nobody is hit before the first number was written: that is only starting up.
    if (readFileSync(join(root, COUNTER), 'utf8') === '0') continue;
    const kill = done.kills < kills && Math.random() < 0.4;
    if (kill && victim.child.kill('SIGKILL')) done.kills += 1;
    else if (done.stops < stops && victim.child.kill('SIGSTOP')) {
      done.stops += 1;
      await sleep(Math.random() * longest);
      victim.child.kill('SIGCONT');
    }
  }
  return done;
}

function insider(root: string): string {
  try {
    return readFileSync(join(root, 'inside'), 'utf8').split(' ')[0] ?? '';
  } catch {
    return '';
  }
}

async function orphanGone(root: string): Promise<void> {
  while (isAlive(insider(root))) await sleep(5);
}

function judge(
  root: string,
  ends: readonly { readonly signal: string | null; readonly said: string }[],
  hits: { readonly kills: number; readonly stops: number },
): Verdict {
  const survivors = ends.filter(({ signal }) => signal === null);
  const failed = survivors.filter(({ said }) => !/^\d+$/.test(said)).map(({ said }) => said);
  const written = readdirSync(root)
    .filter((name) => name.startsWith('done-'))
    .flatMap((name) => readFileSync(join(root, name), 'utf8').trim().split('\n').map(Number));
  const last = Number(readFileSync(join(root, COUNTER), 'utf8'));
  const violations = join(root, 'violations');
  const killed = ends.length - survivors.length;
  return {
    violations: existsSync(violations) ? readFileSync(violations, 'utf8').trim().split('\n') : [],
    lostWrites: written.length - new Set(written.filter((number) => number <= last)).size,
    failed,
    writes: written.length,
    killed,
    orphans: killed - hits.kills,
    stopped: hits.stops,
    slowest: Math.max(0, ...survivors.map(({ said }) => Number(said) || 0)),
  };
}
