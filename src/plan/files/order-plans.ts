import type { PlanName } from '../../model/brand.ts';

interface Ordered {
  readonly name: PlanName;
  readonly after: readonly PlanName[];
}

/**
 * Plans in the order they are applied: after those they name, otherwise by name (the lexically first topological order). Names
 * that are not in the list are ignored; plans of a cycle come last, by name.
 */
export function orderPlans<Plan extends Ordered>(plans: readonly Plan[]): readonly Plan[] {
  const byName = new Map(plans.map((plan) => [plan.name, plan]));
  const waiting = new Map<PlanName, number>();
  const followers = new Map<PlanName, Plan[]>();
  for (const plan of plans) {
    const before = [...new Set(plan.after)].filter((name) => byName.has(name));
    waiting.set(plan.name, before.length);
    for (const name of before) followers.set(name, [...(followers.get(name) ?? []), plan]);
  }
  const ready = plans.filter((plan) => waiting.get(plan.name) === 0).sort(byPlanName);
  const ordered: Plan[] = [];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    ordered.push(next);
    for (const follower of followers.get(next.name) ?? []) {
      const left = (waiting.get(follower.name) ?? 0) - 1;
      waiting.set(follower.name, left);
      if (left === 0) insert(ready, follower);
    }
  }
  const done = new Set(ordered.map((plan) => plan.name));
  return [...ordered, ...plans.filter((plan) => !done.has(plan.name)).sort(byPlanName)];
}

/** Every cycle once, each beginning with its lexically first plan: `[a, b]` means a after b after a. */
export function cyclesOf(plans: readonly Ordered[]): readonly (readonly PlanName[])[] {
  const byName = new Map(plans.map((plan) => [plan.name, plan]));
  const state = new Map<PlanName, 'open' | 'done'>();
  const cycles: (readonly PlanName[])[] = [];
  for (const start of [...plans].sort(byPlanName)) {
    // A stack of our own: a chain of ten thousand plans must not overflow the call stack.
    const path: { readonly plan: Ordered; next: number }[] = [];
    if (!state.has(start.name)) path.push({ plan: start, next: 0 });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      state.set(top.plan.name, 'open');
      const name = top.plan.after[top.next];
      top.next += 1;
      const target = name === undefined ? undefined : byName.get(name);
      if (name === undefined) {
        state.set(top.plan.name, 'done');
        path.pop();
      } else if (target !== undefined && state.get(name) === 'open') {
        const names = path.map(({ plan }) => plan.name);
        cycles.push(rotated(names.slice(names.indexOf(name))));
      } else if (target !== undefined && !state.has(name)) {
        path.push({ plan: target, next: 0 });
      }
    }
  }
  return cycles;
}

function rotated(cycle: readonly PlanName[]): readonly PlanName[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? ('' as PlanName));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function insert<Plan extends Ordered>(ready: Plan[], plan: Plan): void {
  const at = ready.findIndex((other) => byPlanName(plan, other) < 0);
  ready.splice(at === -1 ? ready.length : at, 0, plan);
}

function byPlanName(a: Ordered, b: Ordered): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
