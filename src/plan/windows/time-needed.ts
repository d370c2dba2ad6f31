import type { Millis } from '../../model/brand.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { GatePhase, GateSpec } from '../../model/check.ts';

/**
 * How long a plan takes at most until it is kept, in milliseconds: the deadlines of its gates before and after the change, which are
 * asked one after the other, the limits of its audits and of its actions. A revert is not in it. `offline`: nothing is asked.
 */
export function timeNeeded(
  { steps, gates }: { readonly steps: PlanPart['steps']; readonly gates: readonly GateSpec[] },
  offline: boolean,
): Millis {
  const actions = steps.flatMap(({ onChange }) => onChange.map(({ timeout }) => timeout));
  const all = [...steps.flatMap((step) => step.gates), ...gates];
  const asked = [
    ...deadlines(all, 'before'),
    ...deadlines(all, 'after'),
    ...steps.flatMap(({ audits }) => audits.map(({ timeout }) => timeout)),
  ];
  return sum(offline ? actions : [...asked, ...actions]);
}

function deadlines(gates: readonly GateSpec[], phase: GatePhase): readonly Millis[] {
  return gates.filter(({ phases }) => phases.includes(phase)).map(({ within }) => within);
}

function sum(times: readonly number[]): Millis {
  return times.reduce((total, time) => total + time, 0) as Millis;
}
