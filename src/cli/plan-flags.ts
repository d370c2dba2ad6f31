import { Args, Flags } from '@oclif/core';

import type { PlanName } from '../model/brand.ts';

/**
 * Arguments and flags that choose plans and give variables. `ignoreStdin`: oclif would else take piped standard input for
 * the missing argument.
 */
export const PLANS_ARGUMENT = {
  plans: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description: 'names of plans; default all plans of the workspace',
  }),
};

/** The plan names of an argument list, each once; whether they exist is for the operation to say. */
export function planNames(words: readonly string[] | string | undefined): readonly PlanName[] {
  return [...new Set([words ?? []].flat())] as readonly string[] as readonly PlanName[];
}

export const VARIABLE_FLAGS = {
  var: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=VALUE',
    description: 'set a variable; may be repeated',
  }),
  'var-file': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    description: 'YAML or JSON file with variables; may be repeated',
  }),
};

/** Flags of commands that print a plan. */
export const PLAN_VIEW_FLAGS = {
  diff: Flags.boolean({
    default: false,
    description: 'show the changes of each file as a unified diff',
  }),
  verbose: Flags.boolean({
    default: false,
    description: 'show full values, however long',
  }),
  compact: Flags.boolean({ default: false, description: 'one line a change, nothing else' }),
};
