import type { StateRepository } from '../../git/record/state-repository.ts';
import { kindOf } from '../../kinds/registry.ts';
import { isDrift } from '../../model/drift.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { IgnoreRules } from '../../plan/drift/ignore-rules.ts';
import { computeDrift } from '../../plan/drift/compute-drift.ts';
import { observeAll } from '../planning/observe-files.ts';
import { recordedRoot } from './recorded-root.ts';

const NOTHING_SEEN = { files: new Map(), copies: new Map() };

/** How many items had drifted when a host was recorded last, without those that rules ignore now; what plan files want does not count. */
export async function recordedDrift(
  state: StateRepository,
  recorded: RecordedState,
  ignore: IgnoreRules,
): Promise<number> {
  const paths = [...recorded.files.keys()];
  const root = recordedRoot(recorded, await state.copies(paths), NOTHING_SEEN);
  const files = new Map([...recorded.files].filter(([path]) => root.unknown(path) === null));
  const compared = computeDrift({
    recorded: { ...recorded, files },
    observed: await observeAll(root, [...files.keys()]),
    desired: null,
    ignore,
    openRuns: new Map(),
    unsettled: new Map(),
    kindOf,
  });
  return compared.flatMap(({ items }) => items.filter(isDrift)).length;
}
