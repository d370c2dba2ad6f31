import { Args, Flags } from '@oclif/core';

import { RUN_FLAGS } from './run-flags.ts';
import { usageError } from './usage-error.ts';

/** What is put back: `blame` takes the same addresses. */
export const ITEMS_ARGUMENT = {
  items: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description:
      'with --restore only these: FILE, FILE#ITEM, PLAN, PLAN/RESOURCE or PLAN/RESOURCE/ITEM',
  }),
};

/** Flags of `drift --restore`: those of a run. */
export const RESTORE_FLAGS = {
  restore: Flags.boolean({
    default: false,
    exclusive: ['adopt', 'record'],
    description: 'put drifted items back to what is recorded, at once, as one run',
  }),
  'dry-run': Flags.boolean({
    default: false,
    description: 'only show what goes back; exit 2 when there is something',
  }),
  'auto-approve': RUN_FLAGS['auto-approve'],
  'allow-unhealthy': RUN_FLAGS['allow-unhealthy'],
  offline: RUN_FLAGS.offline,
  guardian: RUN_FLAGS.guardian,
};

export const RECORD_FLAG = {
  record: Flags.boolean({
    default: false,
    exclusive: ['adopt', 'restore'],
    description: 'record the host as it is, for plans that are made without it; accepts no drift',
  }),
};

const ONLY_WITH_RESTORE = ['dry-run', 'auto-approve', 'allow-unhealthy', 'offline'] as const;

type Given = Readonly<Record<'restore' | (typeof ONLY_WITH_RESTORE)[number], boolean>>;

/** Nobody shall believe that something is put back. oclif's `dependsOn` takes a default for a flag that was given. */
export function requireRestore(flags: Given, items: readonly string[]): void {
  if (flags.restore) return;
  const given = ONLY_WITH_RESTORE.filter((name) => flags[name]).map((name) => `--${name}`);
  const [word] = [...given, ...items];
  if (word === undefined) return;
  const help = 'put drift back with: setpoint drift --restore ITEM';
  throw usageError('SP9001', `${word} means something only with --restore`, help);
}
