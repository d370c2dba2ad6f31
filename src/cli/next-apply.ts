import type { CommandContext } from './command-context.ts';
import { shellLine } from '../diagnostics/shell-words.ts';

export interface PlanChoice {
  readonly out?: string | undefined;
  readonly var?: readonly string[] | undefined;
  readonly 'var-file'?: readonly string[] | undefined;
  readonly 'acknowledge-irreversible'?: readonly string[] | undefined;
}

/** The apply that fits a plan: of the saved set, or with the same plans and variables. */
export function nextApply(
  { repeatedFlags }: Pick<CommandContext, 'repeatedFlags'>,
  choice: PlanChoice,
  plans: readonly string[],
): string {
  const words = ['setpoint', 'apply'];
  if (choice.out !== undefined) return shellLine([...words, choice.out, ...repeatedFlags]);
  const files = (choice['var-file'] ?? []).flatMap((file) => ['--var-file', file]);
  const vars = (choice.var ?? []).flatMap((assignment) => ['--var', assignment]);
  const said = (choice['acknowledge-irreversible'] ?? []).flatMap((plan) => [
    '--acknowledge-irreversible',
    plan,
  ]);
  return shellLine([...words, ...plans, ...files, ...vars, ...said, ...repeatedFlags]);
}
