import { expect } from 'vitest';
import type { HostsPlanResult, PlanResult } from '../../../src/operations/results.ts';
import type { Fleet, Machine } from './fleet.ts';
import { commandGate, filePlan, flagPlan } from './plan-text.ts';

const CONF = '/etc/app/app.conf';
const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

/**
 * The whole way of a change: planned for two hosts on a machine without access, reviewed, merged, applied on each host; it turns out
 * to be bad on one, is taken back there by its gate and in git by its branch, and in the end both have the bytes that they had.
 * Resolves to what the reviewer's machine plans then.
 */
export async function goTheWholeWay({ hosts, reviewer, origin, record }: Fleet): Promise<string> {
  const [one, two] = hosts;
  const apply = (code: number, host: Machine, ...more: readonly string[]) =>
    host.exits(code, 'apply', '--auto-approve', '--no-guardian', '--host', nameOf(host), ...more);
  const nameOf = (host: Machine): string => (host === one ? 'node-1' : 'node-2');
  // The hosts differ.
  await one.rig.put(CONF, 'level = 7\nby hand\n');
  await two.rig.put(SCHEDULER, `${await two.rig.read(SCHEDULER)}# edited by hand\n`);

  await merge(reviewer, 'app', filePlan({ content: 'level = 1\n' }));
  await merge(reviewer, 'flags', flagPlan(SCHEDULER, { profiling: '"false"' }));
  for (const host of hosts) {
    await host.pull();
    await apply(0, host);
  }
  const before = await Promise.all(hosts.map(bytesOf));

  // A gate that only the second host cannot pass.
  const gate = commandGate('test ${host.name} = node-1', { within: '"${vars.patience}"' });
  const patience = 'vars: {patience: 30s}\nhostVars: {node-2: {patience: 300ms}}\n';
  const bad = await propose(reviewer, {
    app: `${patience}${filePlan({ content: 'level = 2\n', gates: [gate] })}`,
  });
  const review = (await reviewer.exits(0, 'plan', '--all-hosts', '--json')).json<HostsPlanResult>();
  const digests = review.result.hosts.map(({ plan }) => plan?.set.digest);
  expect(review.result.hosts.map(({ plan }) => plan?.set.parts.length)).toEqual([1, 1]);
  await publish(reviewer);

  for (const [n, host] of hosts.entries()) {
    await host.pull();
    const onHost = await host.exits(0, 'plan', '--json', '--host', nameOf(host));
    expect(onHost.json<PlanResult>().result.set.digest).toBe(digests[n]);
  }
  await apply(0, one);
  await apply(3, two, '--revert-branch', 'setpoint/revert-{plan}', '--push');
  expect(await two.rig.read(CONF)).toBe('level = 1\n');

  // The branch takes back the commit, as `git revert` does; it is merged.
  expect(await origin('log', '-1', '--format=%b', 'setpoint/revert-app')).toContain(bad);
  await reviewer.clone.git('fetch', '--quiet', 'origin');
  await reviewer.clone.git(
    'merge',
    '--quiet',
    '--no-ff',
    '-m',
    'Merge',
    'origin/setpoint/revert-app',
  );
  await publish(reviewer);
  for (const [n, host] of hosts.entries()) {
    await host.pull();
    await apply(0, host);
    expect(await bytesOf(host)).toEqual(before[n]);
    await host.exits(0, 'drift', '--host', nameOf(host));
    expect(await record('rev-parse', `setpoint/${nameOf(host)}`)).not.toBe('');
  }
  const { stdout } = await reviewer.exits(0, 'plan', '--all-hosts', '--detailed-exitcode');
  return stdout;
}

/** Commits plans on the reviewer's machine; resolves to the commit. */
async function propose(
  { clone }: Machine,
  plans: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [name, body] of Object.entries(plans)) await clone.plan(name, body);
  return clone.commit(`Change ${Object.keys(plans).join(', ')}`);
}

async function publish({ clone }: Machine): Promise<void> {
  await clone.git('push', '--quiet', 'origin', 'HEAD:main');
}

async function merge(machine: Machine, name: string, body: string): Promise<void> {
  await propose(machine, { [name]: body });
  await publish(machine);
}

function bytesOf({ rig }: Machine): Promise<readonly string[]> {
  return Promise.all([CONF, SCHEDULER].map((path) => rig.read(path)));
}
