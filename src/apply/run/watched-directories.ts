import { dirname } from 'node:path';
import type { Root } from '../../host/ports.ts';
import type { HostPath } from '../../model/brand.ts';
import type { RunInput } from '../machine/run-input.ts';

/**
 * Directories (on this machine) in which a consumer would act on foreign names: those of watched files of this run, and of
 * every manifest that is managed already, because a plain file may lie beside one.
 */
export function watchedDirectories(
  { part, recorded }: Pick<RunInput, 'part' | 'recorded'>,
  root: Pick<Root, 'toReal'>,
): ReadonlySet<string> {
  const watched = part.files.filter((file) => file.watched).map((file) => file.path);
  const manifests = [...recorded.files.values()].filter((file) => file.kind === 'manifest');
  const paths = [...watched, ...manifests.map((file) => file.path)];
  return new Set(paths.map((path) => root.toReal(dirname(path) as HostPath)));
}
