import { kindOf } from '../../kinds/registry.ts';
import type { HostPath } from '../../model/brand.ts';
import { isDrift } from '../../model/drift.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { compareByDigest } from '../../plan/drift/by-digest.ts';
import { markIgnored, type IgnoreRules } from '../../plan/drift/ignore-rules.ts';
import { computeDrift } from '../../plan/drift/compute-drift.ts';
import { observeAll } from '../planning/observe-files.ts';
import type { RecordedRoot } from './recorded-root.ts';

/**
 * How many items had drifted when a host was recorded last, without those that rules ignore now; what plan files want does not count.
 * `copies` are those that the record keeps: contents that `root` has from plan files would make the number depend on them. Of files
 * without a copy content, mode and owner count.
 */
export async function recordedDrift(
  root: RecordedRoot,
  recorded: RecordedState,
  copies: ReadonlyMap<HostPath, unknown>,
  ignore: IgnoreRules,
): Promise<number> {
  const looked = [...recorded.files].filter(([, { unobserved }]) => unobserved === undefined);
  const isKnown = ([path, { state }]: (typeof looked)[number]): boolean =>
    root.unknown(path) === null && (state === null || copies.has(path));
  const files = new Map(looked.filter(isKnown));
  const compared = computeDrift({
    recorded: { ...recorded, files },
    observed: await observeAll(root, [...files.keys()]),
    desired: null,
    ignore,
    openRuns: new Map(),
    unsettled: new Map(),
    kindOf,
  });
  const others = looked.flatMap(([path, file]) =>
    files.has(path) || file.state === null
      ? []
      : markIgnored(compareByDigest(file, file.state), ignore),
  );
  return [...compared, ...others].flatMap(({ items }) => items.filter(isDrift)).length;
}
