import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DriftFile } from '../../model/drift.ts';

/** SP3072 for every file of which it is not known whether it drifted. */
export function notCompared(files: readonly DriftFile[]): readonly Diagnostic[] {
  return files
    .filter(({ items }) => items.some(({ state }) => state === 'unknown'))
    .map(({ path, problem }) => ({
      code: 'SP3072',
      severity: 'error',
      message: `${path} cannot be compared: ${problem ?? 'it cannot be read'}`,
    }));
}
