import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckContext } from '../../../src/checks/context.ts';
import { EMPTY_BASELINE } from '../../../src/checks/process-baseline.ts';
import type {
  CommandOptions,
  CommandResult,
  Commands,
  ProcessInfo,
  Processes,
  Root,
} from '../../../src/host/ports.ts';
import { systemClock } from '../../../src/host/clock.ts';
import type { HostPath, Millis, RealPath, RunId, Sha256 } from '../../../src/model/brand.ts';
import type { CheckSpec, GateSpec } from '../../../src/model/check.ts';
import type { RunEvent } from '../../../src/model/run-event.ts';

const RUN = '01J000000000000000000000RN' as RunId;

export function ms(value: number): Millis {
  return value as Millis;
}

/** A context whose ports fail the test when a check uses what it was not given. */
export function contextWith(parts: Partial<CheckContext>): CheckContext {
  return {
    root: { ...plainRoot('/nonexistent') },
    processes: { list: () => Promise.reject(new Error('no processes in this test')) },
    commands: { run: () => Promise.reject(new Error('no commands in this test')) },
    clock: systemClock,
    directory: '/nonexistent',
    signal: new AbortController().signal,
    baseline: EMPTY_BASELINE,
    ...parts,
  };
}

export function gate(id: string, check: CheckSpec, more: Partial<GateSpec> = {}): GateSpec {
  return {
    id,
    check,
    phases: ['before', 'after', 'revert'],
    within: ms(300_000),
    every: ms(2000),
    timeout: ms(10_000),
    successes: 3,
    ...more,
  };
}

/** A root that only joins paths and reads files. */
export function plainRoot(dir: string): Root {
  const toReal = (p: HostPath): RealPath => path.join(dir, p) as RealPath;
  return {
    dir: dir as RealPath,
    toReal,
    list: () => Promise.resolve([]),
    lookAt: (path) => Promise.resolve({ path, present: 'unknown' }),
    toHost: (p) => `/${path.relative(dir, p)}` as HostPath,
    observe: async (declared) => {
      const realPath = toReal(declared);
      const base = { declared, path: declared, realPath, linkText: null };
      if (!existsSync(realPath)) return { ...base, content: { kind: 'absent' } };
      const bytes = readFileSync(realPath);
      const state = { sha256: '' as Sha256, size: bytes.length, mode: 0o600, uid: 0, gid: 0 };
      return { ...base, content: { kind: 'file', bytes, state, dev: 0, ino: 0 } };
    },
  };
}

/** Gives one answer after the other; the last one stays. */
function scripted<T>(answers: readonly T[]): () => T {
  let at = 0;
  return () => answers[Math.min(at++, answers.length - 1)]!;
}

export function processesOf(script: readonly (readonly ProcessInfo[])[]): Processes {
  const next = scripted(script);
  return { list: async () => next() };
}

export function running(pid: number, argv: readonly string[], more: Partial<ProcessInfo> = {}) {
  return { pid, ppid: 1, argv, startTime: `${pid}00`, ...more };
}

export function exited(exitCode: number, stdout = '', stderr = ''): CommandResult {
  return { exitCode, signal: null, stdout, stderr, timedOut: false, spawnError: null };
}

/** Commands by program name; each call gets the next result of its script. */
export function commandsOf(
  scripts: Readonly<Record<string, readonly (number | 'hang')[]>>,
): Commands & { readonly calls: (readonly string[])[] } {
  const next = Object.fromEntries(Object.entries(scripts).map(([k, v]) => [k, scripted(v)]));
  const calls: (readonly string[])[] = [];
  return {
    calls,
    run: (argv, options) => {
      calls.push(argv);
      const code = next[argv[0]!]!();
      return code === 'hang' ? untilAborted(options) : Promise.resolve(exited(code));
    },
  };
}

function untilAborted({ signal }: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () =>
      resolve({ ...exited(0), exitCode: null, signal: 'SIGTERM' }),
    );
  });
}

/** A listener that keeps what it hears. */
export function recorder() {
  const events: RunEvent[] = [];
  return { events, run: RUN, listener: (event: RunEvent) => void events.push(event) };
}
