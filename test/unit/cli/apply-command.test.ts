import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Apply from '../../../src/cli/commands/apply.ts';
import type { RunEvent } from '../../../src/model/run-event.ts';
import { applyChanges } from '../../../src/operations/apply-changes.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import { readChangeSet } from '../../../src/operations/read-change-set.ts';
import { schemaErrors } from '../../scenario/rig/output-schema.ts';
import { envelope } from './envelope.ts';
import { applyResult, everything, report } from './fixture.ts';
import { runCommand } from './run-command.ts';

/** Mocks are typed where they are used. */
type Operation = (...args: never[]) => unknown;

vi.mock('../../../src/operations/apply-changes.ts', () => ({ applyChanges: vi.fn<Operation>() }));
vi.mock('../../../src/operations/open-session.ts', () => ({ openSession: vi.fn<Operation>() }));
vi.mock('../../../src/operations/read-change-set.ts', () => ({
  readChangeSet: vi.fn<Operation>(),
}));

const dir = mkdtempSync(join(tmpdir(), 'setpoint-apply-'));
afterAll(() => rmSync(dir, { recursive: true }));
const SET_FILE = join(dir, 'plan.json');
writeFileSync(SET_FILE, '{}');

describe('apply', () => {
  beforeEach(() => {
    vi.resetAllMocks();
    vi.mocked(openSession).mockResolvedValue({} as never);
    vi.mocked(applyChanges).mockResolvedValue(applyResult([report('audit-log')]));
    vi.mocked(readChangeSet).mockReturnValue(everything());
  });

  it('without a terminal needs --auto-approve or a saved set', async () => {
    const ran = await runCommand(Apply, 'apply');
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('--auto-approve');
    expect(applyChanges).not.toHaveBeenCalled();
  });

  it.each([
    ['--auto-approve', ['--auto-approve', 'tls'], { plans: ['tls'], vars: {} }],
    ['a saved set', [SET_FILE], { set: everything() }],
  ])('runs with %s', async (_, argv, source) => {
    const ran = await runCommand(Apply, 'apply', argv);
    expect(ran).toMatchObject({ code: 0 });
    expect(vi.mocked(applyChanges).mock.calls[0]?.[1]).toMatchObject({ source });
  });

  it.each([
    [[SET_FILE, 'tls'], 'applied alone'],
    [[SET_FILE, '--var', 'a=1'], 'variables are fixed'],
    [[join(dir, 'none.json')], 'there is no such file'],
    [['--auto-approve', '--allow-diverged'], '--allow-diverged needs --reason'],
    [['--auto-approve', '--retry-held', '--reason', ' '], '--retry-held needs --reason'],
    [['--auto-approve', '--json', '--json-stream'], 'json'],
  ])('refuses %j', async (argv, message) => {
    const ran = await runCommand(Apply, 'apply', argv);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(message);
    expect(applyChanges).not.toHaveBeenCalled();
  });

  it('hands the reason to the override it is for', async () => {
    await runCommand(Apply, 'apply', ['--auto-approve', '--retry-held', '--reason', 'fixed disk']);
    expect(vi.mocked(applyChanges).mock.calls[0]?.[1]).toMatchObject({
      retryHeld: 'fixed disk',
      allowDiverged: null,
    });
  });

  it.each([
    ['reverted', 3],
    ['revert-failed', 4],
    ['failed', 1],
  ] as const)('that ends %s exits %i, with the runs in the envelope', async (outcome, code) => {
    const runs = [report('audit-log', { outcome, reason: 'gate red' })];
    vi.mocked(applyChanges).mockResolvedValue(applyResult(runs, { exitCode: code }));
    const ran = await runCommand(Apply, 'apply', ['--auto-approve', '--json']);
    expect(ran.code).toBe(code);
    expect(envelope(ran)).toMatchObject({ ok: false, result: { runs } });
  });

  it('with --json-stream prints events as lines and the result last', async () => {
    const event = { type: 'written', run: 'R', path: '/etc/x' } as unknown as RunEvent;
    vi.mocked(applyChanges).mockImplementation((_session, { listener }) => {
      listener(event);
      return Promise.resolve(applyResult([]));
    });
    const ran = await runCommand(Apply, 'apply', ['--auto-approve', '--json-stream']);
    const lines = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      { formatVersion: '1.0', ...event },
      expect.objectContaining({ type: 'result', command: 'apply', ok: true }),
    ]);
    expect(schemaErrors(lines.at(-1))).toEqual([]);
  });

  it('tells events as plain lines on stderr, and keeps stdout for the report', async () => {
    vi.mocked(applyChanges).mockImplementation((_session, { listener }) => {
      listener({ type: 'written', run: 'R', path: '/etc/x' } as unknown as RunEvent);
      return Promise.resolve(applyResult([report('audit-log')]));
    });
    const ran = await runCommand(Apply, 'apply', ['--auto-approve']);
    expect(ran.stderr).toBe('wrote /etc/x\n');
    expect(ran.stdout).toMatch(/Applied: 1 plan on cp-1\.\n$/);
    const quiet = await runCommand(Apply, 'apply', ['--auto-approve', '--log-level', 'warn']);
    expect(quiet.stderr).toBe('');
  });

  it('prints a problem that is the reason of a run only once, and gives programs all', async () => {
    const message = 'the disk is full';
    const runs = [report('audit-log', { outcome: 'failed', reason: message })];
    const problems = [{ code: 'SP5004', severity: 'error', message }] as const;
    vi.mocked(applyChanges).mockResolvedValue(applyResult(runs, { exitCode: 1, problems }));
    const ran = await runCommand(Apply, 'apply', ['--auto-approve']);
    expect(`${ran.stdout}${ran.stderr}`.match(/the disk is full/g)).toHaveLength(1);
    const json = await runCommand(Apply, 'apply', ['--auto-approve', '--json']);
    expect(envelope(json)).toMatchObject({ diagnostics: problems });
  });

  it('goes on when its progress cannot be shown', async () => {
    vi.mocked(applyChanges).mockImplementation((_session, { listener }) => {
      listener({ type: 'no such event' } as unknown as RunEvent);
      listener({ type: 'written', run: 'R', path: '/etc/x' } as unknown as RunEvent);
      return Promise.resolve(applyResult([report('audit-log')]));
    });
    const ran = await runCommand(Apply, 'apply', ['--auto-approve']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(
      /^warning: progress cannot be shown: TypeError.*\nwrote \/etc\/x\n$/,
    );
  });

  it('exits 70 for a bug, and says that recover settles an open run', async () => {
    vi.stubEnv('TMPDIR', dir);
    vi.mocked(applyChanges).mockRejectedValue(new TypeError('x is not a function'));
    const ran = await runCommand(Apply, 'apply', ['--auto-approve']);
    vi.unstubAllEnvs();
    expect(ran).toMatchObject({ code: 70, stdout: '' });
    expect(ran.stderr).toContain('internal error: x is not a function');
    expect(ran.stderr).toContain('setpoint recover');
  });

  it('applies a plan named twice once', async () => {
    await runCommand(Apply, 'apply', ['--auto-approve', 'app', 'app']);
    expect(vi.mocked(applyChanges).mock.calls[0]?.[1]).toMatchObject({
      source: { plans: ['app'] },
    });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'on %s aborts the run and exits %i with the state of the revert',
    async (name, code) => {
      vi.mocked(applyChanges).mockImplementation(async (_session, { signal }) => {
        const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        process.emit(name, name);
        await aborted;
        return applyResult([report('audit-log', { outcome: 'reverted' })], { exitCode: 3 });
      });
      const ran = await runCommand(Apply, 'apply', ['--auto-approve']);
      expect(ran.code).toBe(code);
      expect(ran.stderr).toMatch(/\nrevert: done\n$/);
    },
  );

  it('appends what happened to the log file', async () => {
    const log = join(dir, 'log');
    await runCommand(Apply, 'apply', ['--auto-approve', '--log-file', log]);
    const messages = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(messages.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'started',
      'ended',
    ]);
  });
});
