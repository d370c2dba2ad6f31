import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { hindrances } from '../../host/judge-place.ts';
import { openPlaceReader, type PlaceFacts } from '../../host/place-facts.ts';
import type { Root } from '../../host/ports.ts';
import type { RealPath } from '../../model/brand.ts';

/** A name that is to be written. `attributes`: only mode and owner of the file that is there. */
export interface TouchedPlace {
  readonly realPath: RealPath;
  readonly method: 'replace' | 'in-place' | 'attributes';
}

/**
 * Why these places cannot be written now (SP606x, each told once): an immutable file, a read-only mount. For whoever puts old files
 * back: all of them are asked before the first is written, because files that belong together must not end half old and half new.
 * Makes no call that changes anything, and where facts cannot be read nothing is held against the place: the write itself tells.
 */
export function unwritable(
  root: Root,
  places: readonly TouchedPlace[],
  look: (path: RealPath) => PlaceFacts = reader(root),
): readonly Diagnostic[] {
  const problems = new Map<string, Diagnostic>();
  for (const place of places) {
    for (const problem of judge(root, place, look)) problems.set(problem.message, problem);
  }
  return [...problems.values()];
}

function judge(
  root: Root,
  { realPath, method }: TouchedPlace,
  look: (path: RealPath) => PlaceFacts,
): readonly Diagnostic[] {
  const path = root.toHost(realPath);
  try {
    const facts = look(realPath);
    if (method !== 'attributes') return hindrances({ path, facts, method });
    // Who may change mode and owner is not who may write: only what binds everybody counts.
    const own = facts.fileHindrance === 'denied' ? null : facts.fileHindrance;
    return hindrances({ path, facts: { ...facts, fileHindrance: own }, method: 'in-place' });
  } catch {
    return [];
  }
}

/** Opened at the first look: reading the mounts may fail, too. */
function reader(root: Root): (path: RealPath) => PlaceFacts {
  let opened: ReturnType<typeof openPlaceReader> | null = null;
  return (path) => {
    opened ??= openPlaceReader({ root: root.dir, native: null });
    return opened.read(root.toHost(path), path);
  };
}
