import { Args, Flags } from '@oclif/core';

import { RUN_FLAGS } from './run-flags.ts';

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

const WITH_RESTORE = { dependsOn: ['restore'] };

/** Flags of `drift --restore`: those of a run, which mean nothing without it. */
export const RESTORE_FLAGS = {
  restore: Flags.boolean({
    default: false,
    exclusive: ['adopt', 'record'],
    description: 'put drifted items back to what is recorded, at once, as one run',
  }),
  'dry-run': Flags.boolean({
    default: false,
    description: 'only show what goes back; exit 2 when there is something',
    ...WITH_RESTORE,
  }),
  'auto-approve': { ...RUN_FLAGS['auto-approve'], ...WITH_RESTORE },
  'allow-unhealthy': { ...RUN_FLAGS['allow-unhealthy'], ...WITH_RESTORE },
  offline: { ...RUN_FLAGS.offline, ...WITH_RESTORE },
  guardian: RUN_FLAGS.guardian,
};

export const RECORD_FLAG = {
  record: Flags.boolean({
    default: false,
    exclusive: ['adopt', 'restore'],
    description: 'record the host as it is, for plans that are made without it; accepts no drift',
  }),
};
