import { printable } from '../diagnostics/printable.ts';
import type { PlanResult } from '../operations/results.ts';
import { createStyle } from './style.ts';
import { changeCount } from './views/change-counts.ts';
import { takesAway } from './views/given-back.ts';
import { planView } from './views/plan-view.ts';
import type { ViewOptions } from './views/view-options.ts';

export interface ApprovalOptions {
  /** For text on stderr. */
  readonly view: ViewOptions;
  /** `--auto-approve`: show, ask nothing. */
  readonly automatic: boolean;
  readonly write: (text: string) => void;
  /** A person's line; `null` when there is none. */
  readonly ask: (question: string) => Promise<string | null>;
}

/**
 * The `approve` function of an apply. Confirms by severity: `y` for changes, the workspace's name where a plan gives
 * everything back. Asked again because the host changed meanwhile, it shows first what is different.
 */
export function approval(options: ApprovalOptions): (plan: PlanResult) => Promise<boolean> {
  let shown: PlanResult | null = null;
  return async (plan) => {
    if (shown?.set.digest === plan.set.digest) return true;
    if (shown !== null) options.write(await changedMeanwhile(shown, plan, options.view));
    options.write(
      `${planView(plan, { ...options.view, diff: false, compact: false, next: null })}\n`,
    );
    shown = plan;
    if (changeCount(plan.set) === 0 || options.automatic) return true;
    return confirm(plan, options);
  };
}

async function confirm(plan: PlanResult, options: ApprovalOptions): Promise<boolean> {
  const { bold } = createStyle(options.view.color);
  const { set } = plan;
  if (set.parts.some(takesAway)) {
    const name = printable(set.workspace);
    const answer = await options.ask(
      `\nA plan gives everything back. Type the workspace's name (${bold(name)}) to apply: `,
    );
    return answer?.trim() === set.workspace;
  }
  const answer = await options.ask(`\nApply these changes on ${bold(printable(set.host))}? [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

async function changedMeanwhile(
  shown: PlanResult,
  plan: PlanResult,
  view: ViewOptions,
): Promise<string> {
  const { setDifference } = await import('./views/set-difference.ts');
  const { yellow } = createStyle(view.color);
  const lines = setDifference(shown.set, plan.set).map((line) => `  ${line}`);
  return [yellow('The plan is not what was shown any more:'), ...lines, '', ''].join('\n');
}
