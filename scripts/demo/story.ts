import { sha256 } from '../../test/scenario/rig/tree-snapshot.ts';
import { MANIFEST } from './demo-host.ts';
import type { DemoHost } from './demo-host.ts';
import { narrate } from './narrator.ts';
import { expect, git, setpoint } from './shell.ts';

const GOOD = `setpoint: v1
name: component
description: Profiling off, as the CIS benchmark wants it
resources:
  component:
    kind: manifest
    path: ${MANIFEST}
    flags:
      profiling: false
      request-timeout: 90s
      disabled-features: Tracing
`;

const BAD = GOOD.replace('profiling: false', 'profiling: false\n      audit-log-maxagee: 30');

/** The main job, chapter by chapter. Throws at the first outcome that is not the expected one. */
export async function tellStory(host: DemoHost): Promise<void> {
  const { rig } = host.running;
  const original = await sha256(rig.real(MANIFEST));
  narrate.text(
    `A host in ${rig.root}\nruns one static pod, as the kubelet would: pid ${host.pid()}, started from ${MANIFEST}.\n` +
      'Every command below also gets --root with that directory.',
  );
  await validateAndPlan(host);
  await applyThatSucceeds(host);
  await applyThatIsReverted(host);
  await wayBack(host, original);
}

async function validateAndPlan(host: DemoHost): Promise<void> {
  narrate.chapter('1. Declare, validate, plan');
  narrate.text('plans/component.yaml:');
  narrate.output(GOOD);
  await host.running.rig.workspace.write('plans/component.yaml', GOOD);
  await git(host, 'add', 'plans');
  await git(host, 'commit', '--quiet', '--message', 'Profiling off');
  await setpoint(host, 0, 'validate');
  const { stdout } = await setpoint(host, 0, 'plan', '--diff');
  expect(stdout.includes('--profiling'), 'the plan names the flags it would change');
  expect((await host.flags()).profiling === 'true', 'nothing has changed yet');
}

async function applyThatSucceeds(host: DemoHost): Promise<void> {
  narrate.chapter('2. An apply that succeeds');
  const before = host.pid();
  await setpoint(host, 0, 'apply', '--auto-approve');
  const flags = await host.flags();
  expect(flags.profiling === 'false', 'the component runs with --profiling=false');
  expect(host.pid() !== before, `as a new process: pid ${before} became ${host.pid()}`);
  await setpoint(host, 0, 'plan', '--detailed-exitcode');
}

async function applyThatIsReverted(host: DemoHost): Promise<void> {
  narrate.chapter('3. An apply whose bad flag is reverted');
  const { rig } = host.running;
  const good = await sha256(rig.real(MANIFEST));
  narrate.text(
    'Somebody adds a flag with a typing error, audit-log-maxagee: the component will not start with it.',
  );
  await rig.workspace.write('plans/component.yaml', BAD);
  await git(host, 'commit', '--quiet', '--all', '--message', 'Keep audit logs for 30 days');
  await setpoint(host, 3, 'apply', '--auto-approve');
  expect((await sha256(rig.real(MANIFEST))) === good, 'the manifest has its earlier bytes again');
  expect(
    !('audit-log-maxagee' in (await host.flags())),
    'the component runs with its earlier flags',
  );
  narrate.text('The same inputs are not tried again until somebody changes them or says why:');
  await setpoint(host, 7, 'apply', '--auto-approve');
}

async function wayBack(host: DemoHost, original: string): Promise<void> {
  narrate.chapter('4. The way back: git revert');
  await git(host, 'revert', '--no-edit', 'HEAD');
  await git(host, 'revert', '--no-edit', 'HEAD~2');
  await setpoint(host, 0, 'plan');
  await setpoint(host, 0, 'apply', '--auto-approve');
  const now = await sha256(host.running.rig.real(MANIFEST));
  expect(
    now === original,
    `the manifest is what it was before setpoint, byte for byte (${now.slice(0, 12)}…)`,
  );
  expect((await host.flags()).profiling === 'true', 'and the component runs so');

  narrate.chapter('5. What happened');
  const { stdout } = await setpoint(host, 0, 'history');
  expect(stdout.includes('reverted'), 'history tells of the revert');
}
