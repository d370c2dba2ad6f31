import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../../src/apply/run/execute-run.ts';
import { CONTENT_KEY } from '../../../../src/kinds/file/file-kind.ts';
import type { Host } from '../../../../src/host/ports.ts';
import type { Millis } from '../../../../src/model/brand.ts';
import type { ItemOwner } from '../../../../src/model/item.ts';
import type { StateChange } from '../../../../src/model/state-change.ts';
import { compareHost } from '../../../../src/operations/drift/compare-host.ts';
import type { Session } from '../../../../src/operations/session.ts';
import { runInput } from '../../apply/run-inputs.ts';
import { HOST, openRig, type RunRig } from '../../apply/run-rig.ts';

const A = '/etc/app/a.conf';
const NOWHERE = { config: null, plans: null, warnings: [] };

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old\n');
  await applied('level 0\n');
});
afterEach(() => rig.close());

async function applied(content: string): Promise<void> {
  const input = await runInput(rig, [{ path: A, to: content, record: 'full' }]);
  const kept = { ...input.kept, files: input.kept.files.map(owningContent) };
  const { report } = await executeRun(rig.context, { ...input, kept });
  expect(report.outcome).toBe('applied');
}

function owningContent(change: StateChange['files'][number]): StateChange['files'][number] {
  const { managed } = change;
  if (managed === null) return change;
  const owner = { workspace: 'fleet', plan: 'web', resource: 'r' } as ItemOwner;
  const applied = managed.state?.sha256 ?? null;
  const item = { owner, label: 'content', applied, before: {}, run: managed.lastRun, sequence: 1 };
  return { ...change, managed: { ...managed, items: { [CONTENT_KEY]: item } } };
}

/** A host on which `act` happens each time a file is looked at, after the record was read. */
function changing(act: (look: number) => Promise<void>): Session {
  let looks = 0;
  const { root } = rig.host;
  const observe: Host['root']['observe'] = async (path, options) => {
    looks += 1;
    await act(looks);
    return root.observe(path, options);
  };
  const host = { ...rig.host, root: { ...root, observe } };
  const env = { PATH: process.env['PATH'] };
  const lockTimeout = 0 as Millis;
  const options = { root: rig.root, cwd: rig.root, env, actor: 'eve', lockTimeout };
  return { host, hostName: HOST, options };
}

test('a run that ends between the look at the record and that at the files is no drift', async () => {
  let looks = 0;
  const session = changing(async (look) => {
    looks = look;
    if (look === 1) await applied('level 1\n');
  });
  const { files, recorded } = await compareHost(session, NOWHERE);
  expect(files.flatMap(({ items }) => items.map(({ state }) => state))).toEqual(['in-sync']);
  expect([looks, recorded.head]).toEqual([2, await rig.state.head()]);
});

test('a host on which a run ends during every look is said to be changing, and not to have drifted', async () => {
  const session = changing((look) => applied(`level ${String(look)}\n`));
  await expect(compareHost(session, NOWHERE)).rejects.toMatchObject({
    exitCode: 1,
    diagnostics: [{ code: 'SP3078' }],
  });
});
