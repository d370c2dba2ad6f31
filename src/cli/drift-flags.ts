import { Args, Flags } from '@oclif/core';

import { ACKNOWLEDGE_FLAG, OVERRIDE_FLAGS, RUN_FLAGS } from './run-flags.ts';
import { usageError } from './usage-error.ts';

/** What is put back or adopted: `blame` takes the same addresses. */
export const ITEMS_ARGUMENT = {
  items: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description:
      'with --restore or --adopt only these: FILE, FILE#ITEM, PLAN, PLAN/RESOURCE or PLAN/RESOURCE/ITEM',
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
    description:
      'with --restore or --adopt only show what would be done; --restore exits 2 when there is something',
  }),
  'auto-approve': RUN_FLAGS['auto-approve'],
  'allow-unhealthy': RUN_FLAGS['allow-unhealthy'],
  offline: RUN_FLAGS.offline,
  guardian: RUN_FLAGS.guardian,
  ...ACKNOWLEDGE_FLAG,
  ...OVERRIDE_FLAGS,
};

export const RECORD_FLAG = {
  record: Flags.boolean({
    default: false,
    exclusive: ['adopt', 'restore'],
    description: 'record the host as it is, for plans that are made without it; accepts no drift',
  }),
};

export const ADOPT_FLAG = {
  adopt: Flags.boolean({
    default: false,
    exclusive: ['record', 'restore'],
    description: 'write the live values of drifted items into the plan files, for a pull request',
  }),
};

const ONLY_WITH_RESTORE = ['auto-approve', 'allow-unhealthy', 'offline'] as const;

type Given = Readonly<
  Record<'restore' | 'adopt' | 'dry-run' | (typeof ONLY_WITH_RESTORE)[number], boolean>
> & {
  readonly 'acknowledge-irreversible'?: readonly string[] | undefined;
  readonly override?: readonly string[] | undefined;
  readonly reason?: string | undefined;
};

/** Nobody shall believe that something is done. oclif's `dependsOn` takes a default for a flag that was given. */
export function requireUse(flags: Given, items: readonly string[]): void {
  const acknowledges = (flags['acknowledge-irreversible'] ?? []).length > 0;
  const given = [
    ...ONLY_WITH_RESTORE.filter((name) => flags[name]),
    ...(acknowledges ? ['acknowledge-irreversible'] : []),
    ...((flags.override ?? []).length > 0 ? ['override'] : []),
    ...(flags.reason === undefined ? [] : ['reason']),
  ];
  const [flag] = flags.restore ? [] : given;
  if (flag !== undefined) throw meansNothing(`--${flag}`, '--restore');
  if (flags.restore || flags.adopt) return;
  const [word] = [...(flags['dry-run'] ? ['--dry-run'] : []), ...items];
  if (word !== undefined) throw meansNothing(word, '--restore or --adopt');
}

function meansNothing(word: string, without: string): Error {
  const help =
    'setpoint drift --restore ITEM puts drift back on the host, setpoint drift --adopt ITEM writes it into the plan files';
  return usageError('SP9001', `${word} means something only with ${without}`, help);
}
