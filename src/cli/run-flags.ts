import { Flags } from '@oclif/core';

/** What a person takes upon themselves; of `apply`, `plan` and commands that put something back. */
export const ACKNOWLEDGE_FLAG = {
  'acknowledge-irreversible': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'PLAN',
    description:
      'what this plan did may be taken back although no restored file does that (encryption at rest); recorded; may be repeated',
  }),
};

/** A rule that a person sets aside, with a reason; of `apply` and `drift --restore`. */
export const OVERRIDE_FLAGS = {
  override: Flags.option({
    options: ['window'] as const,
    multiple: true,
    multipleNonGreedy: true,
    description: 'go on outside of the change windows; needs --reason; recorded',
  })(),
  reason: Flags.string({ helpValue: 'TEXT', description: 'why; recorded in the state commit' }),
};

/** Flags of every command that carries out a run. */
export const RUN_FLAGS = {
  'auto-approve': Flags.boolean({ default: false, description: 'ask nothing' }),
  'allow-unhealthy': Flags.boolean({
    default: false,
    description: 'go on when gates are red before the change',
  }),
  offline: Flags.boolean({ default: false, description: 'skip gates; recorded as unproven' }),
  guardian: Flags.boolean({
    default: true,
    allowNo: true,
    description: 'a process stands by that takes the change back should this command be killed',
  }),
  verbose: Flags.boolean({ default: false, description: 'show every check' }),
  ...ACKNOWLEDGE_FLAG,
};
