import type { Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Surroundings } from '../../kinds/surroundings.ts';
import type { ResolvedResource } from '../../model/plan-file.ts';
import { located } from './located.ts';
import type { FileDifference } from './plan-file-change.ts';

/**
 * The difference with what the file's kind says of the content that each of its resources leads to, once where several say the
 * same; without any, of what the file is given back to. Fails with the kind's errors, each at its resource unless it has a place
 * of its own.
 */
export function judgeContent(
  difference: FileDifference,
  resources: readonly ResolvedResource[],
  around: Surroundings,
): Result<FileDifference> {
  const { kind, file, after } = difference;
  const asked = resources.length === 0 ? [undefined] : resources;
  const told = asked.flatMap((resource) =>
    kind
      .judge(resource?.spec ?? null, file.image, after, file.path, {
        ...around,
        derivesGates: resource?.gates === 'default',
      })
      .map((diagnostic) => located(diagnostic, resource)),
  );
  const errors = told.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return fail(...errors);
  const warnings = [...new Map(told.map((one) => [one.message, one])).values()];
  return ok(
    told.length === 0
      ? difference
      : { ...difference, warnings: [...difference.warnings, ...warnings] },
  );
}
