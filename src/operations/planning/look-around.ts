import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { Looked } from '../../kinds/surroundings.ts';
import type { HostPath } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { KindName, ResolvedPlan, ResourceSpec } from '../../model/plan-file.ts';
import type { PlannedPart } from '../../plan/difference/planner-input.ts';
import type { Look } from './ground.ts';

/** Looks at what kinds ask for beside the files of the plans: what is there, not what is in it. */
export async function lookAround(
  look: Pick<Look, 'lookAt'>,
  plans: readonly ResolvedPlan[],
  observed: ReadonlyMap<HostPath, ObservedFile>,
  kindOf: (name: KindName) => Kind,
): Promise<ReadonlyMap<HostPath, Looked>> {
  const byFile = new Map<ObservedFile, ResourceSpec[]>();
  const files = new Map<HostPath, ObservedFile>();
  for (const { spec } of plans.flatMap(({ resources }) => resources)) {
    const seen = observed.get(spec.path);
    if (seen === undefined) continue;
    const file = files.get(seen.path) ?? seen;
    files.set(file.path, file);
    byFile.set(file, [...(byFile.get(file) ?? []), spec]);
  }
  const wanted = new Set<HostPath>();
  for (const [file, specs] of byFile) {
    for (const kind of new Set(specs.map((spec) => kindOf(spec.kind)))) {
      const own = specs.filter((spec) => spec.kind === kind.name);
      for (const path of kind.looksAt(own, imageOf(file.content), file.path)) wanted.add(path);
    }
  }
  const looked = [...wanted].map(async (path) => [path, await look.lookAt(path)] as const);
  return new Map(await Promise.all(looked));
}

/** Paths in one warning. */
const MOST_NAMED = 3;

/** One warning where a file that is to be written names what nobody could look at. Outside the set: on the host it is known. */
export function notLookedAt(
  looked: ReadonlyMap<HostPath, Looked>,
  observed: ReadonlyMap<HostPath, ObservedFile>,
  parts: readonly PlannedPart[],
): readonly Diagnostic[] {
  const isWritten = parts.some(({ part }) =>
    part.files.some(({ kind, write }) => kind === 'manifest' && write),
  );
  const unknown = [...looked]
    .filter(([path, { present }]) => present === 'unknown' && !observed.has(path))
    .map(([path]) => path);
  if (!isWritten || unknown.length === 0) return [];
  const more = unknown.length - MOST_NAMED;
  const named = unknown.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const message = `whether the host has what flags and mounts name was not looked at: ${named}`;
  return [{ code: 'SP2088', severity: 'warning', message }];
}
