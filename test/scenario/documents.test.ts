import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DocumentGetResult } from '../../src/operations/documents/get-in-document.ts';
import type { WrittenDocument } from '../../src/operations/documents/replace-document.ts';
import { updateDocument } from '../../src/operations/update-document.ts';
import { openLibrary } from './rig/library.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig, type Rig } from './rig/rig.ts';

const JOBS = '/etc/app/jobs.yaml';
const TEXT = '# who runs when\njobs:\n  - name: backup # nightly\n    at: "0 3 * * *"\n';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

it('doc get tells data and version, doc set writes what was read, once, and the backup has what was there', async () => {
  await rig.put(JOBS, TEXT);
  const read = await rig.exits(0, 'doc', 'get', JOBS, '/jobs/0/name');
  expect(read.stdout).toBe('"backup"\n');
  const { result } = (await rig.exits(0, 'doc', 'get', JOBS, '--json')).json<DocumentGetResult>();
  expect(read.stderr).toContain(`version: ${result.version}\n`);
  const none = await rig.exits(0, 'doc', 'get', '/etc/app/none.yaml');
  expect(none.stderr).toBe('/etc/app/none.yaml is not there\nversion: absent\n');
  const next = JSON.stringify({ jobs: [{ name: 'backup', at: '0 4 * * *' }] });
  const set = ['doc', 'set', JOBS, '--if-version', result.version, '--json'];
  const first = await rig.setpointIn(rig.workspace.dir, set, next);
  expect(first.code).toBe(0);
  const written = first.json<WrittenDocument>().result;
  expect(await rig.read(JOBS)).toBe(TEXT.replace('0 3', '0 4'));
  const second = await rig.setpointIn(rig.workspace.dir, set, '{"jobs": []}');
  expect(second.code).toBe(6);
  expect(second.stderr).toContain('SP2320');
  await rig.exits(0, 'backup', 'restore', written.backup ?? '', '--auto-approve');
  expect(await rig.read(JOBS)).toBe(TEXT);
});

it('doc set refuses by exit code: 65 what does not fit, 64 what is no version, no schema or no file', async () => {
  await rig.put(JOBS, TEXT);
  const { result } = (await rig.exits(0, 'doc', 'get', JOBS, '--json')).json<DocumentGetResult>();
  const schema = join(rig.dir, 'schema.json');
  await writeFile(schema, '{"properties": {"jobs": {"maxItems": 0}}}');
  const from = join(rig.dir, 'new.yaml');
  await writeFile(from, 'jobs: [{name: x}]\n');
  const set = ['doc', 'set', JOBS, '--from', from, '--if-version'];
  const unfit = await rig.exits(65, ...set, result.version, '--schema', schema);
  expect(unfit.stderr).toContain('/jobs must NOT have more than 0 items');
  await rig.exits(64, ...set, 'latest');
  await rig.exits(64, ...set, result.version, '--schema', join(rig.dir, 'none.json'));
  await rig.exits(64, 'doc', 'set', JOBS, '--from', '/no/such', '--if-version', result.version);
  const version = ['doc', 'set', JOBS, '--if-version', result.version];
  const broken = await rig.setpointIn(rig.workspace.dir, version, 'jobs: [1');
  expect([broken.code, broken.stderr]).toEqual([65, expect.stringContaining('standard input:')]);
  // It never ends.
  const endless = await rig.exits(65, ...version, '--from', '/dev/zero');
  expect(endless.stderr).toContain('SP2201');
  await rig.exits(64, 'doc', 'get', JOBS, 'jobs');
  await rig.exits(1, 'doc', 'get', JOBS, '/jobs/7');
  expect(await rig.read(JOBS)).toBe(TEXT);
});

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

it('what a plan manages of a document is refused with its name, exit 7; what is beside it is written, and no plan sees drift', async () => {
  await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
  await rig.workspace.plan('app', filePlan({ path: '/etc/app/whole.json', content: '{"a": 1}\n' }));
  await rig.workspace.commit('no profiling');
  await rig.applied();
  const before = await rig.read(SCHEDULER);
  const session = await openLibrary(rig);
  interface Pod {
    metadata: { annotations?: Record<string, string> };
    spec: { containers: { command: string[] }[] };
  }
  const managed = updateDocument(session, SCHEDULER, (held) => {
    const [container] = (held as unknown as Pod).spec.containers;
    const command = container?.command ?? [];
    command[command.indexOf('--profiling=false')] = '--profiling=true';
    return held;
  });
  await expect(managed).rejects.toMatchObject({
    exitCode: 7,
    diagnostics: [{ code: 'SP2321', message: expect.stringContaining('plan s') as string }],
  });
  const whole = updateDocument(session, '/etc/app/whole.json', () => ({ a: 2 }));
  await expect(whole).rejects.toMatchObject({ exitCode: 7 });
  expect(await rig.read(SCHEDULER)).toBe(before);
  const written = await updateDocument(session, SCHEDULER, (held) => {
    (held as unknown as Pod).metadata.annotations = { 'example.org/seen': 'yes' };
    return held;
  });
  expect(written).toMatchObject({ changed: true, rewritten: false });
  expect(await rig.read(SCHEDULER)).toContain('example.org/seen');
  await rig.exits(0, 'drift');
});
