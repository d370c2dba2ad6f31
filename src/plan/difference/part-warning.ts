import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { PartWarning } from '../../model/change-set.ts';

/** A warning of a kind as a part of the change set keeps it. */
export function partWarning({ code, message, at }: Diagnostic): PartWarning {
  if (at === undefined) return { code, message };
  const { file, line, column } = at;
  return { code, message, at: { file, line, column } };
}
