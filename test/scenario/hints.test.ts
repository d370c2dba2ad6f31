import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApplyResult } from '../../src/operations/results.ts';
import { CONF, lockIsFree } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan, ONE_ATTEMPT, redGate } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';
import type { CliResult } from './rig/setpoint-process.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig({}, { onDisk: true });
});
afterEach(() => rig.close());

/** They mean the same everywhere; and `guardian` is the name of a process. */
const PLACELESS = /^(explain|schema|show|guardian)\b/;

/** Every command that an output names, up to the end of its line. */
function commandsIn({ stdout, stderr }: CliResult): readonly string[] {
  return `${stdout}\n${stderr}`
    .split('\n')
    .flatMap((line) => [...line.matchAll(/\bsetpoint ((?:[a-z]+)\b[^\n]*?)(?=\bsetpoint |$)/g)])
    .map(([, words = '']) => words)
    .filter((words) => !PLACELESS.test(words));
}

/** Commands of an output that would act on another host than the one that was given; an output that names none is no proof. */
function astray(result: CliResult): readonly string[] {
  const commands = commandsIn(result);
  if (commands.length === 0) return [`no command is named: ${result.stdout}${result.stderr}`];
  return commands.filter((words) => !words.includes(`--root ${rig.root}`));
}

async function level(two: string, ...gates: readonly string[]): Promise<void> {
  await rig.workspace.plan('app', filePlan({ content: two, gates }));
  await rig.workspace.commit(two);
}

it('hints of a run that waits act on the host that was given', async () => {
  await level('level = 2\n');
  expect(astray(await rig.applied('--confirm-within', '1h'))).toEqual([]);
  expect(astray(await rig.exits(0, 'status'))).toEqual([]);
  expect(astray(await rig.exits(0, 'plan'))).toEqual([]);
  expect(astray(await rig.exits(0, 'recover', '--dry-run'))).toEqual([]);
  expect(astray(await rig.exits(5, 'apply', '--auto-approve', '--lock-timeout', '100ms'))).toEqual(
    [],
  );
  expect(astray(await rig.exits(3, 'confirm', '--reject'))).toEqual([]);
  expect(astray(await rig.exits(7, 'apply', '--auto-approve'))).toEqual([]);
  await lockIsFree(rig);
});

it('hints of a run that needs a person act on the host that was given', async () => {
  const once = `${rig.dir}/edited`;
  const edit = `mkdir ${once} && echo level = 9 > ${rig.real(CONF)}; exit 1`;
  await level('level = 2\n', commandGate(edit, ONE_ATTEMPT));
  const failed = await rig.exits(4, 'apply', '--auto-approve');
  expect(astray(failed)).toEqual([]);
  const told = commandsIn(failed).find((words) => words.startsWith('recover --dry-run'));
  expect(told).toBe(`recover --dry-run --root ${rig.root}`);
  for (const words of [['recover', '--dry-run'], ['recover']]) {
    expect(astray(await rig.exits(4, ...words))).toEqual([]);
  }
  expect(astray(await rig.exits(0, 'status'))).toEqual([]);
  expect(
    astray(await rig.exits(7, 'apply', '--auto-approve', '--retry-held', '--reason', 'x')),
  ).toEqual([]);
  expect(astray(await rig.exits(1, 'doctor'))).toEqual([]);
});

it('hints after a revert, of backups and of wrong words act on the host that was given', async () => {
  await level('level = 2\n', redGate('false'));
  const reverted = await rig.exits(3, 'apply', '--auto-approve', '--json');
  const run = reverted.json<ApplyResult>().result.runs[0]?.run ?? '';
  expect(astray(await rig.exits(7, 'apply', '--auto-approve'))).toEqual([]);
  await rig.exits(0, 'history', 'show', run);
  await level('level = 3\n');
  const applied = (await rig.applied('--json')).json<ApplyResult>().result.runs[0]?.run ?? '';
  expect(astray(await rig.exits(0, 'backup', 'show', applied))).toEqual([]);
  expect(astray(await rig.exits(64, 'history', 'show', '01ZZZZ'))).toEqual([]);
  expect(astray(await rig.exits(64, 'backup', 'show', '01ZZZZ'))).toEqual([]);
  expect(astray(await rig.exits(64, 'recover', '01ZZZZ', '--take-old'))).toEqual([]);
  await writeFile(rig.real(CONF), 'theirs\n');
  expect(astray(await rig.exits(0, 'status'))).toEqual([]);
  expect(astray(await rig.exits(0, 'validate'))).toEqual([]);
});

it('hints of an envelope can be copied as those for people', async () => {
  const { stdout } = await rig.exits(64, 'recover', '01ZZZZ', '--take-old', '--json');
  expect(astray({ code: 64, stdout, stderr: '', json: () => JSON.parse(stdout) as never })).toEqual(
    [],
  );
});
