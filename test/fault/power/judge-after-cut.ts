import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Recovered } from '../sweep/recover-scenario.ts';
import type { Violation } from '../sweep/judge.ts';
import { SIDE_OF, STATE, type Mode } from '../sweep/scenario.ts';
import { settleAndJudge } from '../sweep/settle-and-judge.ts';

/**
 * Recovers the booted host under `root` with `recover` and judges it. `told`: the result line of the apply, null when the power
 * went before it. After it only that side is right, and nothing may be open any more.
 */
export async function judgeAfterCut(
  root: string,
  mode: Mode,
  told: string | null,
  recover: (root: string) => Promise<Recovered>,
): Promise<readonly Violation[]> {
  const early = told === null ? [] : judgeResult(root, mode, told);
  const facts = { acknowledged: told === null ? null : SIDE_OF[mode] };
  const violations = await settleAndJudge(root, recover, facts);
  return [...early, ...violations];
}

const OUTCOME: Readonly<Record<Mode, readonly string[]>> = {
  kept: ['applied'],
  reverted: ['reverted'],
  renewed: ['reverted'],
  abandoned: ['interrupted', 'failed'],
  interrupted: ['reverted'],
};

function judgeResult(root: string, mode: Mode, told: string): readonly Violation[] {
  const { outcome } = JSON.parse(told) as { readonly outcome: string };
  const journal = join(root, STATE, 'journal');
  const open = existsSync(journal) ? readdirSync(journal).filter((n) => n.endsWith('.json')) : [];
  return [
    ...(OUTCOME[mode].includes(outcome)
      ? []
      : [{ rule: 'the apply ends as it should', detail: told }]),
    ...open.map((name) => ({
      rule: 'what was told is settled',
      detail: `journal ${name} came back`,
    })),
  ];
}
