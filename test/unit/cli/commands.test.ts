import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import Check from '../../../src/cli/commands/check.ts';
import Doctor from '../../../src/cli/commands/doctor.ts';
import Explain from '../../../src/cli/commands/explain.ts';
import HistoryShow from '../../../src/cli/commands/history/show.ts';
import Plan from '../../../src/cli/commands/plan.ts';
import Recover from '../../../src/cli/commands/recover.ts';
import Show from '../../../src/cli/commands/show.ts';
import Validate from '../../../src/cli/commands/validate.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { checkHost } from '../../../src/operations/check-host.ts';
import { doctor } from '../../../src/operations/doctor.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import { planChanges } from '../../../src/operations/plan-changes.ts';
import { readChangeSet } from '../../../src/operations/read-change-set.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import { validateWorkspace } from '../../../src/operations/validate-workspace.ts';
import { envelope } from './envelope.ts';
import { changeSet, everything, planResult, report } from './fixture.ts';
import { runCommand } from './run-command.ts';

/** Mocks are typed where they are used. */
type Operation = (...args: never[]) => unknown;

vi.mock('../../../src/operations/check-host.ts', () => ({ checkHost: vi.fn<Operation>() }));
vi.mock('../../../src/operations/doctor.ts', () => ({ doctor: vi.fn<Operation>() }));
vi.mock('../../../src/operations/open-session.ts', () => ({ openSession: vi.fn<Operation>() }));
vi.mock('../../../src/operations/plan-changes.ts', () => ({ planChanges: vi.fn<Operation>() }));
vi.mock('../../../src/operations/read-change-set.ts', () => ({
  readChangeSet: vi.fn<Operation>(),
}));
vi.mock('../../../src/operations/recover-runs.ts', () => ({ recoverRuns: vi.fn<Operation>() }));
vi.mock('../../../src/operations/validate-workspace.ts', () => ({
  validateWorkspace: vi.fn<Operation>(),
}));

const dir = mkdtempSync(join(tmpdir(), 'setpoint-cli-'));
afterAll(() => rmSync(dir, { recursive: true }));
const SET_FILE = join(dir, 'plan.json');
writeFileSync(SET_FILE, '{}');

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(openSession).mockResolvedValue({} as never);
  vi.mocked(planChanges).mockResolvedValue(planResult(everything()));
});

describe('plan', () => {
  it('prints the plan on stdout, ends with the next command, and exits 0', async () => {
    const ran = await runCommand(Plan, 'plan', ['audit-log', '--root', '/r', '--var', 'a=b c']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/\nNext: setpoint apply audit-log --var 'a=b c' --root \/r\n$/);
    expect(vi.mocked(planChanges).mock.calls[0]?.[1]).toEqual({
      plans: ['audit-log'],
      acknowledged: [],
      vars: { a: 'b c' },
      out: null,
    });
  });

  it('names the saved file in the next command', async () => {
    const ran = await runCommand(Plan, 'plan', ['--out', 'p.json']);
    expect(ran.stdout).toMatch(/\nNext: setpoint apply p\.json\n$/);
    expect(vi.mocked(planChanges).mock.calls[0]?.[1].out).toBe(join(process.cwd(), 'p.json'));
  });

  it.each([[[]], [['--json']]])(
    'with --detailed-exitcode exits 2 when there are changes (override 2) %j',
    async (more) => {
      expect(await runCommand(Plan, 'plan', ['--detailed-exitcode', ...more])).toMatchObject({
        code: 2,
      });
      vi.mocked(planChanges).mockResolvedValue(planResult(changeSet([])));
      expect(await runCommand(Plan, 'plan', ['--detailed-exitcode', ...more])).toMatchObject({
        code: 0,
      });
    },
  );

  it('with --json prints one envelope and nothing else', async () => {
    const ran = await runCommand(Plan, 'plan', ['--json']);
    expect(envelope(ran)).toMatchObject({ command: 'plan', ok: true });
    expect(ran.stderr).toBe('');
  });

  it('with --json keeps the exit code of an error (override 1)', async () => {
    vi.mocked(planChanges).mockRejectedValue(
      new SetpointError(65, [{ code: 'SP3001', severity: 'error', message: 'declared twice' }]),
    );
    const ran = await runCommand(Plan, 'plan', ['--json']);
    expect(ran.code).toBe(65);
    expect(envelope(ran).error).toEqual({
      exitCode: 65,
      code: 'SP3001',
      message: 'declared twice',
    });
    expect(ran.stderr).toContain('error[SP3001]: declared twice');
  });

  it('gives the session the directory, actor and environment (override 7: no directories of oclif)', async () => {
    await runCommand(Plan, 'plan', ['-C', dir, '--lock-timeout', '1m', '--host', 'cp-9']);
    const options = vi.mocked(openSession).mock.calls[0]?.[0];
    expect(options).toMatchObject({ cwd: dir, lockTimeout: 60_000, host: 'cp-9' });
    expect(options?.env).toBe(process.env);
  });

  it('refuses a workspace directory that does not exist', async () => {
    const ran = await runCommand(Plan, 'plan', ['-C', join(dir, 'none')]);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('there is no such file');
  });
});

describe('the other commands', () => {
  it('show of an expired set does not lead to apply, which refuses it', async () => {
    const notAfter = '2026-01-02T03:04:05Z';
    vi.mocked(readChangeSet).mockReturnValue({ ...everything(), notAfter });
    const ran = await runCommand(Show, 'show', [SET_FILE]);
    expect(ran.stdout).not.toContain('Next:');
    expect(ran.stderr).toMatch(/SP3051.*expired at 2026-01-02[^]*plan --out FILE/);
    vi.mocked(readChangeSet).mockReturnValue({ ...everything(), notAfter: '9999-01-01T00:00:00Z' });
    const good = await runCommand(Show, 'show', [SET_FILE]);
    expect([good.stdout.includes('Next: setpoint apply'), good.stderr]).toEqual([true, '']);
  });

  it('show prints a saved set without asking the host', async () => {
    vi.mocked(readChangeSet).mockReturnValue(everything());
    const ran = await runCommand(Show, 'show', [SET_FILE]);
    expect(ran.code).toBe(0);
    expect(ran.stdout.split('\n')[0]).not.toContain('recorded');
    expect(ran.stdout).toMatch(new RegExp(`Next: setpoint apply ${SET_FILE}\n$`));
    expect(openSession).not.toHaveBeenCalled();
  });

  it('recover exits as the runs ended', async () => {
    const recovered = [report('a', { outcome: 'reverted' })];
    vi.mocked(recoverRuns).mockResolvedValue({
      recovered,
      needsPerson: [],
      leftOpen: [],
      running: null,
      dryRun: false,
      problems: [],
      exitCode: 3,
    });
    const ran = await runCommand(Recover, 'recover', ['--json']);
    expect(ran.code).toBe(3);
    expect(envelope(ran)).toMatchObject({ ok: false, result: { recovered } });
  });

  it('check exits 1 when a check is red', async () => {
    const asked = { id: 'api[0]', plan: 'a', phase: 'after', attempts: 1, took: 4 };
    const red = { ...asked, verdict: 'red', detail: 'HTTP 500' };
    vi.mocked(checkHost).mockResolvedValue({ results: [red] as never, exitCode: 1 });
    const ran = await runCommand(Check, 'check', ['--json']);
    expect(ran.code).toBe(1);
    expect(envelope(ran)).toMatchObject({ ok: false, result: { results: [red] } });
  });

  it('doctor exits 1 when something is missing', async () => {
    const findings = [{ name: 'git', verdict: 'error', detail: 'not found', help: null }] as const;
    vi.mocked(doctor).mockResolvedValue({ findings, exitCode: 1 });
    const ran = await runCommand(Doctor, 'doctor', ['--json']);
    expect(ran.code).toBe(1);
    expect(envelope(ran)).toMatchObject({ ok: false, result: { findings } });
  });

  it('validate prints warnings on stderr, unless only errors are wanted', async () => {
    const warnings = [{ code: 'SP3001', severity: 'warning', message: 'hm' }] as const;
    const result = { workspace: 'prod' as never, plans: [], warnings };
    vi.mocked(validateWorkspace).mockResolvedValue(result);
    expect((await runCommand(Validate, 'validate')).stderr).toContain('warning[SP3001]: hm');
    const quiet = await runCommand(Validate, 'validate', ['--log-level', 'error']);
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
  });

  it('explain works offline and suggests', async () => {
    expect((await runCommand(Explain, 'explain', ['sp9004'])).stdout).toContain('nobody can be');
    expect((await runCommand(Explain, 'explain')).stdout).toMatch(/^SP\d{4} {2}.*\nSP/);
    const ran = await runCommand(Explain, 'explain', ['SP904']);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('did you mean');
  });

  it('history show names its command in the envelope of an error', async () => {
    const ran = await runCommand(HistoryShow, 'history:show', ['--json']);
    expect(ran.code).toBe(64);
    expect(envelope(ran)).toMatchObject({ command: 'history show', error: { exitCode: 64 } });
  });
});
