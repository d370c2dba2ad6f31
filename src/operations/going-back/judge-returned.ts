import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { NOBODY_LOOKED } from '../../kinds/surroundings.ts';
import type { PlanName } from '../../model/brand.ts';
import { kindOfRestored } from '../backups/restored-gates.ts';
import type { ReturnedFile } from './returned-file.ts';

interface Question {
  /** Whose work goes back. */
  readonly plan: PlanName;
  readonly acknowledged?: readonly PlanName[] | undefined;
}

/**
 * What a file's kind says of content that comes back, as of content that a plan leads to, each once: errors refuse. No resource is
 * asked, so what it would have to acknowledge is acknowledged by the name of a plan: of the run, or one that owns items of the file.
 */
export function judgeReturned(
  files: readonly ReturnedFile[],
  { plan, acknowledged = [] }: Question,
): readonly Diagnostic[] {
  const told = files.flatMap((file) => {
    const { path, before, after } = file;
    const change = { ...changeOf(file, { plan, acknowledged }), declares: () => false };
    return kindOfRestored(file).judge(null, before, after, path, { ...NOBODY_LOOKED, change });
  });
  return [...new Map(told.map((one) => [one.message, one])).values()];
}

/** Whose work in a file goes back, and whether that is acknowledged. */
export function changeOf(
  { managed }: Pick<ReturnedFile, 'managed'>,
  { plan, acknowledged = [] }: Question,
): { readonly plan: PlanName; readonly acknowledged: boolean } {
  const owners = Object.values(managed?.items ?? {}).map(({ owner }) => owner.plan);
  const [owner = plan] = owners;
  return {
    plan: owners.includes(plan) ? plan : owner,
    acknowledged: acknowledged.some((one) => one === plan || owners.includes(one)),
  };
}
