import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { blockedFiles } from '../../../src/apply/journal/blocked-files.ts';
import type { EndedRun } from '../../../src/apply/run/drive-run.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { needsPerson } from '../../../src/apply/journal/for-person.ts';
import { settleChosen } from '../../../src/apply/recovery/recover.ts';
import { runFolder, type RunFolder } from '../../../src/apply/journal/run-folder.ts';
import type { RunInput } from '../../../src/apply/machine/run-input.ts';
import { trailerValue, TRAILER } from '../../../src/git/record/commit-message.ts';
import type { SettleChoice } from '../../../src/model/outcome.ts';
import type { RecordRule } from '../../../src/model/plan-file.ts';
import type { StateChange } from '../../../src/model/state-change.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

/** Edited, permissions only, created, deleted: in one run, whose audit is red at the end. */
export const EDITED = '/etc/app/manifests/api.yaml';
export const CHMODDED = '/etc/app/mode.conf';
export const CREATED = '/etc/app/new/rules.conf';
export const DELETED = '/etc/app/gone.conf';
export const FILES = [EDITED, CHMODDED, CREATED, DELETED];

/** Content and mode by path; null: absent. */
export type Picture = Readonly<Record<string, string | null>>;
export const OLD: Picture = {
  [EDITED]: 'old 600',
  [CHMODDED]: 'same 640',
  [CREATED]: null,
  [DELETED]: 'bye 644',
};
export const NEW: Picture = {
  [EDITED]: 'new 600',
  [CHMODDED]: 'same 600',
  [CREATED]: 'rules 644',
  [DELETED]: null,
};

/** A rig with the old state of the files. */
export async function openOldRig(): Promise<RunRig> {
  const rig = await openRig();
  rig.write(EDITED, 'old', 0o600);
  rig.write(CHMODDED, 'same', 0o640);
  rig.write(DELETED, 'bye');
  return rig;
}

const EDITS: readonly FileEdit[] = [
  { path: EDITED, to: 'new', watched: true },
  { path: CHMODDED, to: 'same', mode: 0o600 },
  { path: CREATED, to: 'rules' },
  { path: DELETED, to: null, audits: ['false'] },
];

export interface FailedRun {
  readonly input: RunInput;
  readonly folder: RunFolder;
  readonly stage: string;
}

/** A run that cannot be reverted because of what `meanwhile` does, once, when every file is new. */
export async function failedRun(
  rig: RunRig,
  meanwhile: (stage: string) => void,
  observed = false,
  record: RecordRule = 'full',
): Promise<FailedRun> {
  const planned = await runInput(rig, EDITS, { observed });
  const input = { ...planned, kept: recordedAs(planned.kept, record) };
  const stage = join(rig.real('/etc/app'), `.setpoint-stage-${input.run}`);
  let done = false;
  rig.on('written', (event) => {
    if (done || event.type !== 'written' || event.path !== DELETED) return;
    done = true;
    meanwhile(stage);
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  return { input, folder: runFolder(rig.host.stateDir, input.run), stage };
}

/** The same change, recorded by another rule. */
export function recordedAs(change: StateChange, record: RecordRule): StateChange {
  const files = change.files.map((file) =>
    file.managed === null ? file : { ...file, managed: { ...file.managed, record } },
  );
  return { ...change, files };
}

/** What `setpoint recover --<choice> --reason because` of ann does with the run that needs a person. */
export async function settle(rig: RunRig, choice: SettleChoice): Promise<EndedRun> {
  const [journal] = openJournals(rig.host).filter(needsPerson);
  if (journal === undefined) throw new Error('no run needs a person');
  const at = rig.host.clock.now().toISOString();
  return settleChosen(rig.context, journal, { choice, reason: 'because', actor: 'ann', at });
}

export function livePicture(rig: RunRig): Picture {
  return Object.fromEntries(FILES.map((path) => [path, pictureOf(rig, path)]));
}

function pictureOf(rig: RunRig, path: string): string | null {
  const text = rig.read(path);
  return text === null ? null : `${text} ${(rig.stateOf(path)?.mode ?? 0).toString(8)}`;
}

export function inodes(rig: RunRig): readonly (number | undefined)[] {
  return FILES.map((path) => statSync(rig.real(path), { throwIfNoEntry: false })?.ino);
}

/** Contents of what was kept of somebody else. */
export function foreignCopies({ folder }: FailedRun): readonly string[] {
  if (!existsSync(folder.foreign)) return [];
  return readdirSync(folder.foreign, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(folder.foreign, name), 'utf8'));
}

/** Journal closed, files free, stage gone. */
export function expectClosed(rig: RunRig, { stage }: FailedRun): void {
  expect(openJournals(rig.host)).toEqual([]);
  expect([...blockedFiles(rig.host)]).toEqual([]);
  expect(existsSync(stage)).toBe(false);
}

/** `Setpoint-Status` of the last commit. */
export async function lastStatus(rig: RunRig): Promise<string | null> {
  const [last] = await rig.state.log(1);
  return trailerValue(last?.trailers ?? [], TRAILER.status);
}
