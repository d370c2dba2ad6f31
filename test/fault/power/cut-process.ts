import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTATING } from '../sweep/system-calls.ts';
import { pointName, readTrace, type LabelledPoint, type Point } from './points.ts';

/** What one process did until it was killed, or had told its result. */
export interface Ran {
  /** It printed its result line; it may have been killed after that. */
  readonly told: string | null;
  readonly stderr: string;
  /** It ended by itself: neither killed nor heard out. */
  readonly byItself: boolean;
}

/** Starts the scripted apply so that it ends, or says how it ended, at one point. */
export class CutProcess {
  readonly script: string;
  private readonly dir: string;
  private readonly root: string;
  private readonly bin: string;
  private readonly git: string;

  /** `dir`: where traces and the `git` in front of the real one are kept, not under the root. */
  constructor(dir: string, script: string, root: string) {
    this.dir = dir;
    this.script = script;
    this.root = root;
    this.bin = join(dir, 'bin');
    this.git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
  }

  /**
   * Runs `action` to `point`; `names`: first character of its temporary names, another one for each process of a root.
   * Resolves when the process is dead, or at once when it was to be heard out and spoke.
   */
  async runTo(action: string, point: Point, names: string): Promise<Ran> {
    if (point.in === 'git') this.putGit(killingGit(this.git, this.bin, point));
    else rmSync(this.bin, { recursive: true, force: true });
    const command = [process.execPath, this.script, this.root, action];
    const inject = point.in === 'applier' ? straceKill(point) : [];
    return this.run([...inject, ...command], names, point.in === 'acknowledged');
  }

  /** Runs `action` undisturbed and gives every point of it, in the order of time. */
  async trace(action: string, names: string): Promise<{ points: LabelledPoint[]; hidden: number }> {
    this.putGit(tracingGit(this.git, this.bin, this.dir));
    const log = join(this.dir, 'trace.applier');
    const flags = ['strace', '-f', '-b', 'execve', ...TRACE, '-o', log];
    await this.run([...flags, process.execPath, this.script, this.root, action], names, false);
    let { calls, hidden } = readTrace(log, this.root);
    const points: LabelledPoint[] = calls.map(({ call, n, label }) => ({
      point: { in: 'applier', call, n },
      label,
    }));
    const invocations = readdirSync(this.dir)
      .flatMap((name) => /^trace\.git\.(\d+)$/.exec(name)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
    for (const invocation of invocations) {
      const file = join(this.dir, `trace.git.${String(invocation)}`);
      const traced = readTrace(file, this.root);
      rmSync(file);
      hidden += traced.hidden;
      for (const { call, n, label } of traced.calls) {
        points.push({ point: { in: 'git', invocation, call, n }, label: `git ${label}` });
      }
    }
    const told: LabelledPoint = { point: { in: 'acknowledged' }, label: 'acknowledged' };
    return { points: [...points, told], hidden };
  }

  /** Ends what still runs under the root: a machine without power runs nothing. */
  endAll(): void {
    for (;;) {
      const alive = readdirSync('/proc').filter((pid) => this.isOurs(pid));
      if (alive.length === 0) return;
      for (const pid of alive) kill(Number(pid));
    }
  }

  private isOurs(pid: string): boolean {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const dead = /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return !dead && (command.includes(this.root) || command.includes(this.bin));
    } catch {
      return false;
    }
  }

  private putGit(script: string): void {
    rmSync(this.bin, { recursive: true, force: true });
    mkdirSync(this.bin);
    writeFileSync(join(this.bin, 'count'), '0');
    writeFileSync(join(this.bin, 'git'), script);
    chmodSync(join(this.bin, 'git'), 0o755);
  }

  private run(argv: readonly string[], names: string, hearOut: boolean): Promise<Ran> {
    const [program = '', ...args] = argv;
    const path = `${this.bin}:${process.env['PATH'] ?? ''}`;
    const child = spawn(program, args, {
      // One thread does all asynchronous file calls: their order and number are the same in every run.
      env: {
        PATH: path,
        UV_THREADPOOL_SIZE: '1',
        SETPOINT_SWEEP_NAMES: names,
        SETPOINT_SWEEP_WRITEBACK: 'yes',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let told = '';
      let stderr = '';
      const result = (byItself: boolean): Ran => ({
        told: told.includes('\n') ? told.trim() : null,
        stderr,
        byItself,
      });
      child.stdout.on('data', (text: Buffer) => {
        told += text.toString('utf8');
        if (hearOut && told.includes('\n')) resolve(result(false));
      });
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString('utf8')));
      child.on('error', reject);
      child.on('close', (code, signal) => {
        resolve(result(signal !== 'SIGKILL' && code !== 137));
      });
    });
  }
}

const TRACE = ['-y', '-qq', '-s', '1', '-e', `trace=${MUTATING}`];

function straceKill({ call, n }: { readonly call: string; readonly n: number }): string[] {
  const inject = `inject=${call}:signal=SIGKILL:when=${String(n)}`;
  // Without --seccomp-bpf: with it strace 6.1 forgets to send the signal.
  return [
    'strace',
    '-f',
    '-b',
    'execve',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${call}`,
    '-e',
    inject,
  ];
}

const COUNT = (bin: string): string => `#!/bin/sh
n=$(($(cat ${bin}/count) + 1))
echo $n > ${bin}/count
`;

function tracingGit(git: string, bin: string, dir: string): string {
  const flags = TRACE.map((flag) => `'${flag}'`).join(' ');
  return `${COUNT(bin)}exec strace -f ${flags} -o ${dir}/trace.git.$n ${git} "$@"\n`;
}

/** Git dies first, then the applier, before it can hear of that. */
function killingGit(git: string, bin: string, point: Point & { in: 'git' }): string {
  const [, ...flags] = straceKill(point);
  return `${COUNT(bin)}[ $n = ${String(point.invocation)} ] || exec ${git} "$@"
strace ${flags.filter((flag) => flag !== '-b' && flag !== 'execve').join(' ')} ${git} "$@"
kill -9 $PPID # ${pointName(point)}
`;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
