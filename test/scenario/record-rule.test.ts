import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  HistoryResult,
  PlanResult,
  RevertResult,
  StateShowResult,
} from '../../src/operations/results.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const KEY = '/etc/app/tls.key';
const NOTES = '/etc/app/notes.conf';
const DIGEST = '    record: digest';
const COPIES = /^(files|original)\//;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Applies the plans as they are in one commit; gives the newest run. */
async function applied(plans: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, body] of Object.entries(plans)) await rig.workspace.plan(name, body);
  await rig.workspace.commit(`plans ${Object.keys(plans).join(' ')}`);
  await rig.applied();
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.runs[0]?.run ?? '';
}

async function withoutPlans(...names: readonly string[]): Promise<void> {
  for (const name of names) await rig.workspace.remove(`plans/${name}.yaml`);
  await rig.workspace.commit('gone');
  await rig.applied();
}

async function git(...args: readonly string[]): Promise<Buffer> {
  const dir = join(rig.stateDir, 'state.git');
  const options = { env: rig.env, encoding: 'buffer', maxBuffer: 2 ** 26 } as const;
  return (await promisify(execFile)('git', ['--git-dir', dir, ...args], options)).stdout;
}

async function tree(): Promise<readonly string[]> {
  return (await git('ls-tree', '-r', '--name-only', 'setpoint/cp-1')).toString().split('\n');
}

async function shown(path: string): Promise<StateShowResult> {
  return (await rig.exits(0, 'state', 'show', path, '--json')).json<StateShowResult>().result;
}

/** Forms in which a key could lie somewhere: as it is, and as base64 from each of three offsets. */
function traces(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].map((from) => bytes.subarray(from).toString('base64').slice(0, 48));
  return [secret, ...secret.split('\n').filter((line) => line.length > 40), ...encoded];
}

/** Every file below a directory, one after the other. */
async function everything(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  return texts.join('\n');
}

function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

it('files of which no copy is recorded are taken back, and are released byte for byte', async () => {
  const manifest = await rig.read(SCHEDULER);
  await rig.put(KEY, 'first\n', 0o600);
  const flags = `${flagPlan(SCHEDULER, { profiling: '"false"' })}\n    record: items`;
  await applied({ flags, key: filePlan({ path: KEY, content: 'second\n', extra: DIGEST }) });
  expect(await tree()).toEqual(expect.not.arrayContaining([expect.stringMatching(COPIES)]));
  const { file, copies, aside } = await shown(KEY);
  expect(file).toMatchObject({ record: 'digest' });
  expect(copies).toEqual({ verified: false, original: false });
  expect(aside).toEqual({ verified: true, original: true });

  const run = await applied({ key: filePlan({ path: KEY, content: 'third\n', extra: DIGEST }) });
  const back = await rig.exits(0, 'revert', run, '--auto-approve', '--no-guardian', '--json');
  const [reverted] = back.json<RevertResult>().result.files;
  expect(reverted?.diff).toBe(`${KEY} differs: content not shown\n`);
  expect(await rig.read(KEY)).toBe('second\n');

  // No mirror gets what they replaced.
  const snapshots = await everything(join(rig.stateDir, 'backups/snapshots'));
  expect(snapshots).toContain('"sensitive":true');
  expect(snapshots).not.toContain('"sensitive":false');

  await withoutPlans('flags', 'key');
  expect(await rig.read(KEY)).toBe('first\n');
  expect(await rig.read(SCHEDULER)).toBe(manifest);
});

it('backup show --diff prints no key that somebody put where a plain file was', async () => {
  await rig.put(NOTES, 'old\n');
  const run = await applied({ notes: filePlan({ path: NOTES, content: 'new\n' }) });
  expect((await rig.exits(0, 'backup', 'show', run, '--diff')).stdout).toContain('+old');
  await rig.put(NOTES, privateKey());
  const shown = await rig.exits(0, 'backup', 'show', run, '--diff');
  expect(shown.stdout).toContain(`${NOTES} differs: content not shown`);
  expect(shown.stdout).not.toContain('PRIVATE KEY');
});

it('a private key is nowhere but in its file, the plan and the backup store', async () => {
  const [old, planned, stranger] = [privateKey(), privateKey(), privateKey()];
  await mkdir(rig.real('/mnt/backups'), { recursive: true });
  await rig.workspace.write('setpoint.yaml', 'name: platform\nbackups: {mirror: /mnt/backups}\n');
  await rig.put(KEY, old, 0o600);
  let said = '';
  const hear = async (code: number, ...args: readonly string[]): Promise<void> => {
    const { stdout, stderr } = await rig.exits(code, ...args);
    said += stdout + stderr;
  };
  await rig.workspace.plan('key', filePlan({ path: KEY, content: planned }));
  await rig.workspace.commit('a key');
  await hear(0, 'plan', '--diff', '--verbose');
  expect(said).toContain('looks like a PEM private key');
  expect(said).toContain('content not shown');
  await hear(0, 'apply', '--auto-approve', '--no-guardian', '--verbose');
  // Somebody puts another key there: what a run finds is recorded first.
  await rig.put(KEY, stranger);
  await hear(2, 'drift', '--verbose');
  await hear(0, 'apply', '--auto-approve', '--no-guardian');
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  for (const { run } of result.runs) {
    await hear(0, 'history', 'show', run ?? '');
    await hear(0, 'backup', 'show', run ?? '', '--diff');
  }
  await hear(0, 'state', 'show', KEY);
  expect(said).toContain(`"${KEY}": content is not recorded`);

  await git('repack', '-adq');
  const objects = await git('cat-file', '--batch-all-objects', '--batch', '--buffer');
  const mirror = await everything(rig.real('/mnt/backups'));
  expect(mirror).toContain('"sensitive":true');
  const audit = await readFile(join(rig.stateDir, 'audit.jsonl'), 'utf8');
  for (const secret of [old, planned, stranger]) {
    for (const trace of traces(secret)) {
      expect(objects.includes(trace)).toBe(false);
      expect(audit).not.toContain(trace);
      expect(said).not.toContain(trace);
      expect(mirror).not.toContain(trace);
    }
  }
  await withoutPlans('key');
  expect(await rig.read(KEY)).toBe(old);
});

it('a rule that changes is recorded without a write, and copies come and go with it', async () => {
  await rig.put(NOTES, 'before\n');
  const full = filePlan({ path: NOTES, content: 'notes\n' });
  await applied({ notes: full });
  const both = [`files${NOTES}`, `original${NOTES}`];
  expect(await tree()).toEqual(expect.arrayContaining(both));

  await rig.workspace.plan('notes', filePlan({ path: NOTES, content: 'notes\n', extra: DIGEST }));
  await rig.workspace.commit('by digest');
  const told = await rig.exits(0, 'plan');
  expect(told.stdout).toContain('recorded full → digest');
  expect(told.stdout).toContain('stay in the history');
  await rig.applied();
  const { result } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  expect(result.set.parts).toEqual([]);
  expect(await tree()).toEqual(expect.not.arrayContaining([expect.stringMatching(COPIES)]));
  // The plan has the very content: known without the host.
  const away = await rig.exits(0, 'plan', '--against', 'recorded');
  expect(away.stdout).toContain('Nothing to do: 1 item in sync');
  await rig.workspace.plan('notes', filePlan({ path: NOTES, content: 'new\n', extra: DIGEST }));
  await rig.workspace.commit('another text');
  const unseen = await rig.exits(0, 'plan', '--against', 'recorded');
  expect(unseen.stdout).toContain(`? not observed: ${NOTES} (plan notes, recorded by digest only)`);
  const commits = (await rig.stateLog()).length;

  await applied({ notes: full });
  expect((await rig.stateLog()).length).toBe(commits + 1);
  expect(await tree()).toEqual(expect.arrayContaining(both));

  await applied({ notes: filePlan({ path: NOTES, content: 'notes\n', extra: DIGEST }) });
  await rm(join(rig.stateDir, 'backups/objects'), { recursive: true });
  const doctor = await rig.exits(1, 'doctor');
  expect(doctor.stdout).toContain('its only copy');
  expect((await rig.exits(1, 'state', 'verify')).stderr).toContain('SP5090');
  await rig.workspace.remove('plans/notes.yaml');
  await rig.workspace.commit('gone');
  expect((await rig.exits(65, 'plan')).stderr).toContain('SP5091');
  expect(await rig.read(NOTES)).toBe('notes\n');
});
