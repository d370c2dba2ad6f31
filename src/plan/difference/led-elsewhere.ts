import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { LedElsewhere } from '../../model/drift.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

/** Whether the path of a managed file, or the name that plans use for it, leads to another file than the recorded one. */
export function ledElsewhere(
  { path: was, declared }: Pick<ManagedFile, 'path' | 'declared'>,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): LedElsewhere | null {
  return ledFrom(was, was, observed) ?? ledFrom(declared ?? was, was, observed);
}

/** Whether one name leads elsewhere than to the file that it led to. */
export function ledFrom(
  name: HostPath,
  was: HostPath,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): LedElsewhere | null {
  const seen = observed.get(name);
  if (seen === undefined || seen.path === was || isUnreadable(seen)) return null;
  return { name, was, now: seen.path };
}

/** Where a link may not be followed its path is only as written. */
function isUnreadable({ content }: ObservedFile): boolean {
  return content.kind === 'refused' && content.code === 'not-readable';
}

export function ledWords({ name, was, now }: LedElsewhere): string {
  if (name === was) return `${name}: was a file, now leads to ${now} through a symbolic link`;
  if (name === now)
    return `${name}: led to ${was} through a symbolic link, which is no longer there`;
  return `${name}: led to ${was}, now leads to ${now}`;
}

/** What a person should know who no longer declares a file whose path is a link now. */
export function notGivenBack(file: {
  readonly path: HostPath;
  readonly leadsTo?: HostPath;
}): readonly Diagnostic[] {
  const { path, leadsTo } = file;
  if (leadsTo === undefined) return [];
  const words = ledWords({ name: path, was: path, now: leadsTo });
  const message = `${words}; it is forgotten, and nothing is given back`;
  return [{ code: 'SP3049', severity: 'warning', message }];
}
