import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Errors } from '@oclif/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import History from '../../../src/cli/commands/history/index.ts';
import Recover from '../../../src/cli/commands/recover.ts';
import Revert from '../../../src/cli/commands/revert.ts';
import Plan from '../../../src/cli/commands/plan.ts';
import { withErrorBoundary } from '../../../src/cli/error-boundary.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { envelope } from './envelope.ts';
import { capture, runCommand } from './run-command.ts';
import type { Ran } from './run-command.ts';

const COMMANDS = ['apply', 'history', 'history show', 'plan', 'validate'];

function failing(error: unknown, argv: readonly string[] = ['plan']): Promise<Ran> {
  return capture(() =>
    withErrorBoundary({ argv, commands: () => COMMANDS }, () => Promise.reject(error)),
  );
}

describe('a limit of open files', () => {
  it.each([
    ['EMFILE', 'ulimit -n 1024'],
    ['ENFILE', 'file-nr'],
  ])('%s is no bug: exit 1 with the remedy, also as a cause', async (code, remedy) => {
    const cause = Object.assign(new Error(`${code}: too many open files`), { code });
    for (const error of [cause, new Error('loading failed', { cause })]) {
      const ran = await failing(error);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('error[SP6017]: too many open files');
      expect(ran.stderr).toContain(remedy);
    }
  });
});

describe('a wrong command line exits 64 (override 3)', () => {
  it.each([
    ['an unknown flag', ['--jsn'], 'unknown flag --jsn', 'did you mean --json?'],
    ['an unknown flag with a value', ['--hosts=x'], 'unknown flag --hosts', '--host?'],
    ['a bad option value', ['--log-level', 'debgu'], 'not one of error', 'did you mean "debug"?'],
    ['a missing value', ['--out'], 'Flag --out expects a value', 'see setpoint plan --help'],
    ['a bad duration', ['--lock-timeout', '5'], '--lock-timeout 5: not a duration', '5s'],
  ])('%s', async (_, argv, message, help) => {
    const ran = await runCommand(Plan, 'plan', argv);
    expect(ran.code).toBe(64);
    expect(ran.stdout).toBe('');
    expect(ran.stderr.toLowerCase()).toContain(message.toLowerCase());
    expect(ran.stderr).toContain(help);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['plann', 'unknown command "plann"', 'did you mean "plan"?'],
    ['histroy:show', 'unknown command "histroy show"', 'did you mean "history show"?'],
    ['frobnicate', 'unknown command "frobnicate"', 'setpoint --help lists all commands'],
    ['--frob', 'unknown flag --frob', 'the command comes first'],
  ])('an unknown command: %s (override 6)', async (id, message, help) => {
    const ran = await failing(new Errors.CLIError(`command ${id} not found`), [id]);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain(help);
  });

  it('flags that exclude each other are one sentence without values', async () => {
    const ran = await runCommand(Recover, 'recover', ['--keep-live', '--dry-run']);
    expect(ran.code).toBe(64);
    expect(ran.stderr.split('\n')[0]).toBe(
      'error[SP9001]: --dry-run and --keep-live exclude each other',
    );
  });

  it('an argument that is not there is one clean line', async () => {
    const ran = await runCommand(Revert, 'revert', []);
    expect(ran.code).toBe(64);
    expect(ran.stderr.split('\n')[0]).toBe('error[SP9001]: RUN is missing');
  });

  it.each(['abc', '0', '-1'])('history -n %s: one clean line and the real command', async (n) => {
    const ran = await runCommand(History, 'history', ['-n', n]);
    expect(ran.code).toBe(64);
    const [first, help] = ran.stderr.split('\n');
    expect(first).toMatch(/^error\[SP9001\]: .*--limit.*integer.*/);
    // oxlint-disable-next-line no-control-regex
    expect(ran.stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\uFFFD]/);
    expect(help).toContain('see setpoint history --help');
  });

  it('with --json names the mistake and not the whole parser (override 4)', async () => {
    const ran = await runCommand(Plan, 'plan', ['--no-such', '--json']);
    expect(ran.code).toBe(64);
    expect(JSON.parse(ran.stdout)).toEqual({
      formatVersion: '1.0',
      command: 'plan',
      ok: false,
      error: { exitCode: 64, code: 'SP9003', message: 'unknown flag --no-such' },
      diagnostics: [
        {
          code: 'SP9003',
          severity: 'error',
          message: 'unknown flag --no-such',
          help: expect.any(String) as string,
        },
      ],
    });
  });
});

it.each([
  ['backup list', ['backup', 'list', '--json']],
  ['state push', ['state:push', '--json']],
  ['history verify', ['history', 'verify', '--json']],
  ['history', ['history', 'app', '--json']],
  ['status', ['status', '--json']],
])('the envelope of an error names the command %s', async (command, argv) => {
  const problem = { code: 'SP9009', severity: 'error', message: 'no such run' } as const;
  const ran = await failing(new SetpointError(64, [problem]), argv);
  expect(envelope(ran)).toMatchObject({ command, error: { code: 'SP9009' } });
});

describe('an error for people', () => {
  it.each([1, 3, 4, 5, 6, 7, 64, 65, 130])(
    'keeps its exit code %i and has no stack',
    async (code) => {
      const error = new SetpointError(code, [
        { code: 'SP3001', severity: 'error', message: 'declared twice' },
      ]);
      const ran = await failing(error);
      expect(ran.code).toBe(code);
      expect(ran.stderr).toContain('error[SP3001]: declared twice');
      expect(ran.stderr).not.toMatch(/\n\s+at |SetpointError/);
    },
  );
});

describe('a bug (override 5)', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'setpoint-crash-test-'));
    vi.stubEnv('TMPDIR', dir);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true, force: true });
  });

  it('exits 70, keeps its stack in a file only the owner reads, and says where', async () => {
    const ran = await failing(new TypeError('x is not a function'), [
      'plan',
      '--var',
      'pw=hunter2',
    ]);
    expect(ran.code).toBe(70);
    expect(ran.stderr).toContain('error[SP9099]: internal error: x is not a function');
    expect(ran.stderr).toContain('setpoint recover');
    expect(ran.stderr).not.toMatch(/\n\s+at /);
    const file = /details: (\S+)/.exec(ran.stderr)?.[1] ?? '';
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(text).toContain('"pw=…"');
    expect(text).not.toContain('hunter2');
  });

  it('prints the stack when no file can be written: it must not be lost', async () => {
    rmSync(dir, { recursive: true });
    const ran = await failing(new TypeError('x is not a function'));
    expect(ran.code).toBe(70);
    expect(ran.stderr).toContain('there is no such file');
    expect(ran.stderr).toMatch(/TypeError: x is not a function\n\s+at /);
  });

  it('is an envelope too', async () => {
    const ran = await failing('a thrown string', ['plan', '--json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exitCode: 70, code: 'SP9099' } });
  });
});
