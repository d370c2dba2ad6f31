import { printable } from '../../diagnostics/printable.ts';
import { renderDiagnostics } from '../../diagnostics/render.ts';
import type { HostsPlanResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import { changeCount, plural } from './change-counts.ts';
import { planView } from './plan-view.ts';
import type { PlanViewOptions } from './plan-view.ts';

type PlannedHost = HostsPlanResult['hosts'][number];

/** The plans of all hosts one below the other; the last line counts hosts. */
export function hostsPlanView({ hosts }: HostsPlanResult, options: PlanViewOptions): string {
  const style = createStyle(options.color);
  const sections = hosts.map(({ host, plan, problems }) =>
    plan === null
      ? `${style.bold(printable(host))}\n${renderDiagnostics(problems, { color: options.color })}`
      : planView(plan, options),
  );
  return [...sections, style.bold(summary(hosts))].join('\n\n');
}

function summary(hosts: readonly PlannedHost[]): string {
  const planned = hosts.flatMap(({ plan }) => (plan === null ? [] : [plan]));
  const changed = planned.filter(({ set }) => changeCount(set) > 0).length;
  const unseen = planned.filter(({ set }) => set.meta.notObserved !== undefined).length;
  const words = [`${String(changed)} with changes`];
  if (unseen > 0) words.push(`${String(unseen)} not observed in full`);
  const failed = hosts.length - planned.length;
  if (failed > 0) words.push(`${String(failed)} that cannot be planned`);
  return `${plural(hosts.length, 'host')}: ${words.join(', ')}`;
}
