import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DoctorResult,
  HistoryResult,
  RunResult,
  ValidateResult,
} from '../../src/operations/results.ts';
import { flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;

beforeAll(async () => {
  rig = await createRig();
  await rig.workspace.plan('scheduler', flagPlan(SCHEDULER, { profiling: 'false' }));
  await rig.workspace.commit('No profiling');
  await rig.applied();
  await rig.workspace.plan('scheduler', flagPlan(SCHEDULER, { profiling: 'false', v: '2' }));
  await rig.workspace.commit('More log');
});
afterAll(() => rig.close());

/** `json()` holds each answer against the published schema. */
describe('the --json envelope', () => {
  it.each([
    ['validate', ['validate']],
    ['plan', ['plan']],
    ['check', ['check']],
    ['status', ['status']],
    ['history', ['history']],
    ['recover', ['recover']],
    ['doctor', ['doctor']],
    ['drift', ['drift']],
    ['locks', ['locks']],
    ['blame', ['blame', SCHEDULER]],
    ['history verify', ['history', 'verify']],
    ['backup list', ['backup', 'list']],
    ['backup verify', ['backup', 'verify']],
    ['backup prune', ['backup', 'prune', '--dry-run']],
    ['state list', ['state', 'list']],
    ['state show', ['state', 'show', SCHEDULER]],
    ['state verify', ['state', 'verify']],
    ['schema', ['schema', 'output']],
    ['schema', ['schema']],
    ['install-recovery', ['install-recovery', '--print']],
    ['explain', ['explain', 'SP9001']],
    ['import', ['import', '/etc/kubernetes/manifests/etcd.yaml', '--stdout']],
  ])('of %s is alone on stdout', async (verb, args) => {
    const result = await rig.setpoint(...args, '--json');
    const envelope = result.json();
    expect(envelope).toMatchObject({ command: verb, ok: true });
    expect(result.code).toBe(0);
  });

  it('of plan --out and show hold the same set', async () => {
    const file = join(rig.dir, 'shown.json');
    await rig.exits(0, 'plan', '--out', file);
    const shown = (await rig.exits(0, 'show', file, '--json')).json<{ digest?: string }>();
    const digest = (JSON.parse(await readFile(file, 'utf8')) as { digest: string }).digest;
    expect(JSON.stringify(shown.result)).toContain(digest);
  });

  it.each([
    [64, ['plan', '--no-such-flag']],
    [64, ['no-such-command']],
    [64, ['apply']],
    [64, ['history', 'show', '01ZZZZZZZZZZZZZZZZZZZZZZZZ']],
    [64, ['plan', 'no-such-plan']],
    [64, ['import', '/etc/none.yaml']],
  ])('with exit %i is an error with the same code: %j', async (code, args) => {
    const result = await rig.exits(code, ...args, '--json');
    const envelope = result.json();
    expect(envelope).toMatchObject({ ok: false, error: { exitCode: code } });
    expect(envelope.diagnostics[0]?.message).toMatch(/./);
  });
});

describe('exit codes of looking', () => {
  it('plan exits 0 with changes, 2 with --detailed-exitcode', async () => {
    await rig.exits(0, 'plan');
    const detailed = await rig.exits(2, 'plan', '--detailed-exitcode');
    expect(detailed.stdout).toContain('--v');
  });

  it('an invalid plan file exits 65 and names the place', async () => {
    const broken = await createRig();
    try {
      await broken.workspace.write('plans/x.yaml', 'setpoint: v1\nname: x\nresource: {}\n');
      await broken.workspace.commit('typo');
      for (const verb of ['validate', 'plan']) {
        const result = await broken.exits(65, verb);
        expect(result.stderr).toContain('plans/x.yaml:3:1');
        expect(result.stderr).toContain('resources');
      }
      const { error } = (await broken.exits(65, 'validate', '--json')).json();
      expect(error).toMatchObject({ exitCode: 65 });
    } finally {
      await broken.close();
    }
  });
});

describe('what the verbs tell', () => {
  it('validate lists plans', async () => {
    const { result } = (await rig.setpoint('validate', '--json')).json<ValidateResult>();
    expect(result).toMatchObject({
      workspace: 'platform',
      plans: [{ plan: 'scheduler', file: 'plans/scheduler.yaml', resources: 1, matchesHost: true }],
    });
  });

  it('history lists runs and history show prints one with its diff', async () => {
    const { result } = (await rig.setpoint('history', '--json')).json<HistoryResult>();
    expect(result.entries[0]).toMatchObject({ status: 'applied', plan: 'scheduler' });
    const run = result.entries[0]?.run ?? '';
    const shown = (
      await rig.exits(0, 'history', 'show', run.slice(0, 12), '--json')
    ).json<RunResult>();
    expect(shown.result.diff).toContain('+    - --profiling=false');
    expect((await rig.exits(0, 'history', 'show', run)).stdout).toContain('--profiling=false');
  });

  it('doctor finds what setpoint needs', async () => {
    const { result } = (await rig.exits(0, 'doctor', '--json')).json<DoctorResult>();
    expect(result.findings.filter((finding) => finding.verdict === 'error')).toEqual([]);
  });

  it('explain prints the long form without a workspace', async () => {
    const result = await rig.setpointIn(rig.dir, ['explain', 'SP3001']);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toContain('two plans declare the same item');
  });

  it('schema prints the published schemas', async () => {
    const result = await rig.exits(0, 'schema', 'plan');
    expect(JSON.parse(result.stdout)).toMatchObject({ $id: 'urn:setpoint:schema:plan:v1' });
  });

  it('plan puts data on stdout without colour and talk on stderr', async () => {
    const result = await rig.exits(0, 'plan');
    expect(result.stdout).toMatch(/\+ .*--v/);
    expect(result.stdout + result.stderr).not.toContain('\u001B[');
  });

  it('outside a workspace says what is missing', async () => {
    const result = await rig.setpointIn(rig.dir, ['plan']);
    expect(result.code).toBe(64);
    expect(result.stderr).toContain('setpoint.yaml');
  });
});

describe('apply without a terminal', () => {
  it('needs --auto-approve or a saved set, else 64', async () => {
    const result = await rig.exits(64, 'apply');
    expect(result.stderr).toContain('--auto-approve');
    expect(await rig.read(SCHEDULER)).not.toContain('--v=2');
  });
});
