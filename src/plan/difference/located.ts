import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ResolvedResource } from '../../model/plan-file.ts';

/** A diagnostic without a place is about a flag of the resource, or all of it. */
export function located(
  diagnostic: Diagnostic,
  resource: Pick<ResolvedResource, 'at' | 'flagsAt'> | undefined,
): Diagnostic {
  const { at, flag } = diagnostic;
  if (at !== undefined || resource === undefined) return diagnostic;
  const places = new Map(Object.entries(resource.flagsAt ?? {}));
  return { ...diagnostic, at: places.get(flag ?? '') ?? resource.at };
}
