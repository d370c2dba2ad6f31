/**
 * git killed before its own changing calls, alone or together with the applier; and an applier that dies while its git goes on,
 * which then holds the lock that the next command wants.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Start } from './bench.ts';
import { missedTarget, nameOf } from './kill-part.ts';
import type { Violation } from './judge.ts';
import { choose, type Part, type Point } from './point.ts';
import type { Recovered } from './recover-scenario.ts';
import { SIDE_OF, type Mode, type Side } from './scenario.ts';
import { straceMissing } from './strace-missing.ts';
import { enumerate, MUTATING, type Target } from './system-calls.ts';
import { inject, runPlain, type Ended } from './traced-process.ts';

/** Calls of git that a build kills, of a few hundred. */
const IN_A_BUILD = 60;
/** `both`: the job dies. `git`: only git does. */
const VICTIMS = ['both', 'git'] as const;

export const GIT: Part = {
  name: 'git',
  missing: straceMissing,
  async points(bench, { full, random }) {
    const points: Point[] = [];
    const places: readonly (readonly [Mode, Start])[] = [
      ['kept', 'recorded'],
      ['kept', 'fresh'],
      ['reverted', 'recorded'],
    ];
    for (const [mode, start] of places) {
      const processes = await gitProcesses(bench, mode, start);
      for (const [i, targets] of processes.entries()) {
        const nth = i + 1;
        points.push(orphanPoint(mode, start, nth));
        for (const target of targets) {
          for (const victim of VICTIMS) points.push(gitPoint(mode, start, nth, target, victim));
        }
      }
    }
    if (full) return points;
    const orphans = points.filter(({ id }) => id.includes(':orphan:'));
    const killed = points.filter(({ id }) => !id.includes(':orphan:'));
    return [...choose(orphans, IN_A_BUILD / 4, random), ...choose(killed, IN_A_BUILD, random)];
  },
};

/** The changing calls of each git process of an undisturbed apply. */
async function gitProcesses(
  bench: Bench,
  mode: Mode,
  start: Start,
): Promise<readonly (readonly Target[])[]> {
  const root = await bench.newRoot(start);
  const logs = join(`${root}.git`, 'log');
  const trace = `strace -f -y -s 400 -qq -e trace=${MUTATING} -o "${logs}.$n" ${GIT_PATH} "$@"`;
  const env = wrapGit(root, `exec ${trace}`);
  await runPlain({ script: bench.script, root, action: mode, env });
  const processes = Number(readFileSync(join(`${root}.git`, 'count'), 'utf8'));
  const all = Array.from({ length: processes }, (_, i) => {
    const log = `${logs}.${String(i + 1)}`;
    return enumerate(log, root, { byPath: false }).targets;
  });
  await bench.done(root);
  return all;
}

const GIT_PATH = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();

/** Puts a git first on PATH that counts its processes and does `script` (`$n`: which one this is). Gives the environment. */
function wrapGit(root: string, script: string): Readonly<Record<string, string>> {
  const directory = `${root}.git`;
  mkdirSync(directory);
  writeFileSync(join(directory, 'count'), '0');
  const lines = [
    '#!/bin/sh',
    `n=$(($(cat "${directory}/count") + 1)); echo $n >"${directory}/count"`,
    script,
    `exec ${GIT_PATH} "$@"`,
  ];
  writeFileSync(join(directory, 'git'), `${lines.join('\n')}\n`);
  chmodSync(join(directory, 'git'), 0o755);
  return { PATH: `${directory}:${process.env['PATH'] ?? ''}` };
}

function gitPoint(
  mode: Mode,
  start: Start,
  nth: number,
  target: Target,
  victim: (typeof VICTIMS)[number],
): Point {
  return {
    id: `git:${mode}:${start}:${victim}:${String(nth)}:${nameOf(target)}`,
    async run(bench) {
      const root = await bench.newRoot(start);
      const log = join(`${root}.git`, 'log');
      const strace = inject(root, target, 'signal=SIGKILL').join(' ');
      const kill = victim === 'both' ? 'kill -9 $PPID $$' : 'kill -9 $$';
      const traced = `strace -f -qq -o "${log}" ${strace} ${GIT_PATH} "$@"`;
      const env = wrapGit(root, `if [ $n = ${String(nth)} ]; then ${traced}; ${kill}; fi`);
      const ended = await runPlain({ script: bench.script, root, action: mode, env });
      const violations = await bench.settle(root, { acknowledged: told(ended, mode) });
      const missed = missedTarget(log, target);
      await bench.done(root);
      return [...missed, ...violations];
    },
  };
}

/** The side of what the applier told; null when it died silently. A revert is right whatever the mode. */
function told({ stdout }: Ended, mode: Mode): Side | null {
  if (stdout.includes('"outcome":"applied"')) return 'new';
  return stdout.includes('"outcome"') ? 'old' : mode === 'kept' ? null : SIDE_OF[mode];
}

/** The applier dies at the start of a git, git waits until the next command has met the lock, and then does its work. */
function orphanPoint(mode: Mode, start: Start, nth: number): Point {
  return {
    id: `git:${mode}:${start}:orphan:${String(nth)}`,
    async run(bench) {
      const root = await bench.newRoot(start);
      const gate = join(`${root}.git`, 'gate');
      const act = `if [ $n = ${String(nth)} ]; then kill -9 $PPID; cat "${gate}" >/dev/null; fi`;
      const env = wrapGit(root, act);
      spawnSync('mkfifo', [gate]);
      await runPlain({ script: bench.script, root, action: mode, env });
      const violations: Violation[] = [];
      const { stdout } = await runPlain({
        script: bench.script,
        root,
        action: 'recover',
        env: { SETPOINT_SWEEP_LOCK_WAIT: '0' },
      });
      const { error } = JSON.parse(stdout) as Recovered;
      if (error?.includes('SP6020') !== true) {
        violations.push({ rule: 'the lock outlives the applier in its git', detail: stdout });
      }
      writeFileSync(gate, 'go on\n');
      violations.push(...(await bench.settle(root, {})));
      await bench.done(root);
      return violations;
    },
  };
}
