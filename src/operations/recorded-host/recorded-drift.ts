import type { StateRepository } from '../../git/record/state-repository.ts';
import { kindOf } from '../../kinds/registry.ts';
import { isDrift } from '../../model/drift.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { computeDrift } from '../../plan/drift/compute-drift.ts';
import { observeAll } from '../planning/observe-files.ts';
import { recordedRoot } from './recorded-root.ts';

const NOTHING_SEEN = { files: new Map(), copies: new Map() };

/** How many items had drifted when a host was recorded last; what plan files want and ignore now does not count. */
export async function recordedDrift(
  state: StateRepository,
  recorded: RecordedState,
): Promise<number> {
  const paths = [...recorded.files.keys()];
  const root = recordedRoot(recorded, await state.copies(paths), NOTHING_SEEN);
  const files = new Map([...recorded.files].filter(([path]) => root.unknown(path) === null));
  const compared = computeDrift({
    recorded: { ...recorded, files },
    observed: await observeAll(root, [...files.keys()]),
    desired: null,
    ignore: null,
    openRuns: new Map(),
    unsettled: new Map(),
    kindOf,
  });
  return compared.flatMap(({ items }) => items.filter(isDrift)).length;
}
