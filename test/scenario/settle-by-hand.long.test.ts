import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ApplyResult,
  PlanResult,
  RecoverResult,
  StatusResult,
} from '../../src/operations/results.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan, ONE_ATTEMPT } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';

const CONF = '/etc/app/app.conf';
const OLD = 'level = 1\nmode = x\n';
const NEW = 'level = 2\nmode = x\n';
const THEIRS = 'level = 9\nmode = x\n';

let rig: Rig;
let run: string;
beforeEach(async () => {
  rig = await createLevelOneRig({ content: OLD });
  run = await failedRun();
});
afterEach(() => rig.close());

/** A run whose gate changes the very line that it wrote, and is red. Gives its id. */
async function failedRun(): Promise<string> {
  const once = join(rig.dir, 'edited');
  const edit = `mkdir ${once} && sed -i s/.*level.*/level\\ =\\ 9/ ${rig.real(CONF)}`;
  const gate = commandGate(`${edit}; exit 1`, ONE_ATTEMPT);
  await rig.workspace.plan('app', filePlan({ content: NEW, gates: [gate] }));
  await rig.workspace.commit('level 2');
  const result = await rig.exits(4, 'apply', '--auto-approve', '--json');
  const [report] = result.json<ApplyResult>().result.runs;
  expect(report?.outcome).toBe('revert-failed');
  return report?.run ?? '';
}

const drift = async (): Promise<unknown> => {
  const status = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  expect(status.openRuns).toEqual([]);
  return status.files.map((file) => file.drift);
};

/** What differs from one rig to the next. */
function steady(text: string): string {
  return text
    .replaceAll(rig.root, '/ROOT')
    .replaceAll(run, 'RUN')
    .replaceAll(/reason: .*; then/g, 'reason: RED; then')
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'TREE')
    .replaceAll(/[ \t]+$/gm, '');
}

describe('a run whose revert failed', () => {
  it('is shown with every version, both differences and what each choice would do; nothing is changed', async () => {
    const shown = await rig.exits(4, 'recover', '--dry-run');
    expect(steady(shown.stdout)).toMatchInlineSnapshot(`
      "app  run RUN: its files are to be settled
        reason: RED; then the revert failed: /etc/app/app.conf was changed by somebody else while the run was open

      /etc/app/app.conf is neither: somebody else changed it
        old   a0a963becf31  0644  /ROOT/etc/app/.setpoint-stage-RUN/0.old
        new   47671d7153e6  0644  only as an object in the state repository
        live  d499abd84a11  0644  /ROOT/etc/app/app.conf
        print new: git --git-dir=/ROOT/var/lib/setpoint/state.git show TREE:files/etc/app/app.conf

      old → live  /etc/app/app.conf
      --- a/etc/app/app.conf
      +++ b/etc/app/app.conf
      @@ -1,2 +1,2 @@
      -level = 1
      +level = 9
       mode = x
      new → live  /etc/app/app.conf
      --- a/etc/app/app.conf
      +++ b/etc/app/app.conf
      @@ -1,2 +1,2 @@
      -level = 2
      +level = 9
       mode = x

      setpoint recover RUN --take-old --root /ROOT
          writes /etc/app/app.conf; keeps a copy of what is in /etc/app/app.conf first
      setpoint recover RUN --take-new --root /ROOT
          writes /etc/app/app.conf; keeps a copy of what is in /etc/app/app.conf first
      setpoint recover RUN --keep-live --root /ROOT
          writes nothing

      Needs a person: choose one of the commands above for app.
      "
    `);
    expect(await rig.read(CONF)).toBe(THEIRS);
    const status = await rig.exits(0, 'status');
    expect(status.stdout).toContain(`blocks ${CONF}`);
    expect(status.stdout).toContain(`Next: setpoint recover --dry-run --root ${rig.root}\n`);
  });

  it('is shown whole in JSON', async () => {
    const { result } = (await rig.exits(4, 'recover', '--dry-run', '--json')).json<RecoverResult>();
    const [stuck] = result.needsPerson;
    expect(stuck).toMatchObject({ run, plan: 'app' });
    const [file] = stuck?.files ?? [];
    expect(file).toMatchObject({
      path: CONF,
      standing: 'foreign',
      old: { place: 'stage', mode: '0644' },
      new: { place: 'recorded' },
      live: { place: 'live' },
    });
    const hashes = [file?.old, file?.new, file?.live].map((version) => version?.sha256);
    expect(new Set(hashes).size).toBe(3);
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash ?? ''))).toBe(true);
    expect(file?.diffs.oldToLive).toContain('-level = 1\n+level = 9');
    expect(file?.diffs.newToLive).toContain('-level = 2\n+level = 9');
    expect(stuck?.choices.map((one) => [one.choice, one.possible, one.writes])).toEqual([
      ['take-old', true, [CONF]],
      ['take-new', true, [CONF]],
      ['keep-live', true, []],
    ]);
  });

  it('blocks its file, and the refusal says how to go on', async () => {
    const refused = await rig.exits(7, 'apply', '--auto-approve', '--retry-held', '--reason', 'x');
    expect(refused.stderr).toContain(`setpoint recover ${run} --dry-run`);
  });

  it('is still for a person after a plain recover', async () => {
    const again = await rig.exits(4, 'recover');
    expect(again.stdout).toContain(`setpoint recover ${run} --take-old`);
    expect(await rig.read(CONF)).toBe(THEIRS);
  });
});

describe('a choice', () => {
  it('--take-old: exit 3, the old bytes, as recorded, theirs kept and named', async () => {
    const done = await rig.exits(3, 'recover', '--take-old', '--reason', 'a mistake');
    expect(await rig.read(CONF)).toBe(OLD);
    expect(done.stdout).toContain('a mistake');
    expect(done.stdout + done.stderr).toContain(`runs/${run}/foreign/0`);
    expect(await drift()).toEqual(['in-sync']);
    expect((await rig.stateLog())[0]).toMatch(/^reverted app/);
    await rig.exits(0, 'recover');
    await rig.exits(7, 'apply', '--auto-approve');
  });

  it('--take-new: exit 0, the new bytes, recorded as unproven', async () => {
    await rig.exits(0, 'recover', run.slice(0, 12).toLowerCase(), '--take-new');
    expect(await rig.read(CONF)).toBe(NEW);
    expect(await drift()).toEqual(['in-sync']);
    expect((await rig.stateLog())[0]).toMatch(/^applied \(unproven\) app/);
  });

  it('--keep-live: exit 0, nothing written, recorded as it is; the plan shows what it would change', async () => {
    await rig.exits(0, 'recover', '--keep-live');
    expect(await rig.read(CONF)).toBe(THEIRS);
    expect(await drift()).toEqual(['in-sync']);
    await rig.exits(0, 'drift');
    const plan = (await rig.exits(0, 'plan', '--json')).json<PlanResult>().result;
    expect(plan.set.parts[0]?.items.map(({ action }) => action)).toEqual(['change']);
    const shown = await rig.exits(0, 'history', 'show', run);
    expect(shown.stdout).toContain('kept-live');
  });
});

it('the guide names commands, choices and exit codes that are so', async () => {
  const text = await readFile(
    new URL('../../docs/guide/after-a-failed-revert.md', import.meta.url),
    'utf8',
  );
  const commands = [...text.matchAll(/^ {4}setpoint (.*)$/gm)].map(([, words = '']) => words);
  expect(commands).toEqual([
    'status',
    'recover --dry-run',
    "recover RUN --take-old --reason 'their edit was a mistake'",
    'recover',
  ]);
  await rig.exits(0, 'status');
  await rig.exits(4, 'recover', '--dry-run');
  await rig.exits(4, 'recover');
  await rig.exits(3, 'recover', run, '--take-old', '--reason', 'their edit was a mistake');
});

describe('two runs that need a person', () => {
  it('are settled one by one, each by its name', async () => {
    const other = '/etc/app/other.conf';
    const gate = commandGate(`echo theirs > ${rig.real(other)}; exit 1`, ONE_ATTEMPT);
    await rig.workspace.plan('other', filePlan({ path: other, content: 'ours', gates: [gate] }));
    await rig.workspace.commit('other');
    const failed = await rig.exits(4, 'apply', 'other', '--auto-approve', '--json');
    const second = failed.json<ApplyResult>().result.runs[0]?.run ?? '';
    const refused = await rig.exits(64, 'recover', '--take-old');
    expect(refused.stderr).toContain('SP4250');
    expect(refused.stderr).toContain(second);
    await rig.exits(4, 'recover', second, '--dry-run');
    await rig.exits(3, 'recover', second, '--take-old');
    await expect(rig.read(other)).rejects.toThrow('ENOENT');
    expect(await rig.read(CONF)).toBe(THEIRS);
    await rig.exits(3, 'recover', '--take-old');
    expect(await rig.read(CONF)).toBe(OLD);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['--take-old', '--take-new'], 'SP9001'],
    [['--reason', 'x'], 'SP9001'],
    [['--dry-run', '--keep-live'], 'SP9001'],
    [['01ZZZZ', '--take-old'], 'SP4251'],
  ])('%j changes nothing and exits 64', async (args, said) => {
    const refused = await rig.exits(64, 'recover', ...args);
    expect(refused.stderr).toContain(said);
    expect(await rig.read(CONF)).toBe(THEIRS);
  });
});
