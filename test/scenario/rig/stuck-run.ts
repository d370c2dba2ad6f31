import { dirname, join } from 'node:path';
import type { RecoverResult } from '../../../src/operations/results.ts';
import { CONF } from './gate-wait.ts';
import { commandGate, ONE_ATTEMPT } from './plan-text.ts';
import type { Rig } from './rig.ts';

export const OTHER = '/etc/app/other.conf';
export const TAKEN = { old: ['level = 1\n', 'a = 1\n'], new: ['level = 2\n', 'a = 2\n'] } as const;

/**
 * Leaves a run that needs a person: of its two files somebody else changed the first, so neither was taken back. Its gate adds a
 * line to `<dir>/did` whenever it is asked.
 */
export async function leaveStuckRun(rig: Rig): Promise<void> {
  await rig.workspace.plan('app', twoFiles(1, []));
  await rig.workspace.commit('both 1');
  await rig.applied('--no-guardian');
  const edit = `mkdir ${rig.dir}/once && echo level = 9 > ${rig.real(CONF)}`;
  const script = `echo gate >> ${rig.dir}/did; ${edit}; grep -q 'level = 1' ${rig.real(CONF)}`;
  const gate = commandGate(script, { ...ONE_ATTEMPT, phases: 'after, revert' });
  await rig.workspace.plan('app', twoFiles(2, [gate]));
  await rig.workspace.commit('both 2');
  await rig.exits(4, 'apply', '--auto-approve', '--no-guardian');
}

/** The files that a settlement renames over CONF: the kept old one, and the new one that it writes. */
export async function renamedOverConf(
  rig: Rig,
): Promise<{ 'take-old': string; 'take-new': string }> {
  const shown = await rig.exits(4, 'recover', '--dry-run', '--json');
  const files = shown.json<RecoverResult>().result.needsPerson.flatMap((run) => run.files);
  const old = files.find(({ path }) => path === CONF)?.old?.path ?? '?';
  return { 'take-old': old, 'take-new': join(dirname(old), '0.settled') };
}

/** The two files now. */
export const bothFiles = async (rig: Rig): Promise<readonly string[]> => [
  await rig.read(CONF),
  await rig.read(OTHER),
];

function twoFiles(level: number, gates: readonly string[]): string {
  const list = gates.map((gate) => `  - ${gate}`);
  return [
    'resources:',
    `  conf: {kind: file, path: ${CONF}, content: "level = ${String(level)}\\n", gates: []}`,
    `  other: {kind: file, path: ${OTHER}, content: "a = ${String(level)}\\n", gates: []}`,
    gates.length === 0 ? 'gates: []' : 'gates:',
    ...list,
  ].join('\n');
}
