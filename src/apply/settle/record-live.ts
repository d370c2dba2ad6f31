import { itemsAsIn } from '../../kinds/items-as-in.ts';
import { stillRecorded, strictest } from '../../kinds/record-rule.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { CommitId, HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedItem } from '../../model/item.ts';
import { recordOfPlan } from '../../model/plan-key.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import { withOwnState } from '../../model/recorded-state.ts';
import type { PlanRecordChange, StateFileChange } from '../../model/state-change.ts';
import type { JournalFile, PreparedTrees } from '../journal/journal.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { sayWhyHeld } from '../run/say-why-held.ts';
import { isExactly } from './plan-settlement.ts';

/**
 * The tree that says what is live: bytes and state of each file of the run as found, and of the run's items only those that
 * are there. Everything else stays as it was recorded before the run. A file that is no plain file any more is left out and
 * shows as drift.
 */
export async function liveTree(run: OpenRun, trees: PreparedTrees): Promise<string> {
  const { state } = run.context;
  const base = (
    run.decision?.hold === true ? await sayWhyHeld(run, trees.held, whyHeld(run)) : trees.unchanged
  ) as CommitId;
  const known = await state.loadAt(base);
  const kept = await state.loadAt(trees.kept as CommitId);
  const files: StateFileChange[] = [];
  for (const file of committed(run).files) {
    const change = await liveRecord(run, file, known, kept, trees);
    if (change !== null) files.push(change);
  }
  const claims = files.some(({ path, managed }) => claimsMore(managed, known.files.get(path)));
  return state.prepare(base, { files, plans: claims ? ownPlan(run, known, kept) : [] });
}

/** The prepared tree says how the run failed; since then a person decided. */
function whyHeld(run: OpenRun): string {
  const { settlement, failure } = committed(run);
  const cause = run.decision?.reason ?? failure?.reason;
  const first = cause === undefined ? '' : `; before that: ${cause}`;
  const why = settlement?.reason == null ? '' : ` (${settlement.reason})`;
  return `${settlement?.actor ?? 'somebody'} kept the live files with --keep-live${why}${first}`;
}

async function liveRecord(
  run: OpenRun,
  file: JournalFile,
  recorded: RecordedState,
  kept: RecordedState,
  trees: PreparedTrees,
): Promise<StateFileChange | null> {
  const { path } = file;
  const live = readLive(file.realPath);
  const [before, after] = [recorded.files.get(path), kept.files.get(path)];
  if (live.kind === 'other' || isExactly(live, file.before)) return null;
  const basis = before ?? after;
  if (basis === undefined) return null;
  const known = before === undefined ? {} : itemsLeft(before, live);
  const items = { ...known, ...itemsThere(after, live, path) };
  if (before === undefined && Object.keys(items).length === 0) return null;
  const ours = isExactly(live, file.after);
  const image = imageOfLive(live);
  const rule = strictest([basis.record, after?.record ?? 'full']) ?? basis.record;
  const managed: ManagedFile = {
    ...withOwnState(basis, live.kind === 'file' ? live.state : null),
    ...stillRecorded({ ...basis, record: rule }, image),
    lastRun: run.header.run,
    original: { ...basis.original, pristine: ours && basis.original.pristine },
    items,
  };
  const copy = image.exists ? image.bytes : null;
  if (before !== undefined) return { path, managed, copy };
  const original = await run.context.state.originalOf(path, trees.kept as CommitId);
  return { path, managed, copy, original };
}

/** A person chose what is live: it counts as applied. */
function itemsLeft({ kind, path, items }: ManagedFile, live: LiveFile): ManagedFile['items'] {
  return itemsAsIn(kindOf(kind), path, items, imageOfLive(live));
}

/** Items of the run whose value the live file has. A file that its kind cannot read has none. */
function itemsThere(
  after: ManagedFile | undefined,
  live: LiveFile,
  path: HostPath,
): Readonly<Record<ItemKey, RecordedItem>> {
  if (after === undefined) return {};
  const kind = kindOf(after.kind);
  const items = Object.entries(after.items) as [ItemKey, RecordedItem][];
  const seen = kind.observe(
    imageOfLive(live),
    items.map(([key]) => key),
    path,
  );
  if (!seen.ok) return {};
  return Object.fromEntries(
    items.filter(([key, { applied }]) =>
      kind.same(key, seen.value.get(key)?.value ?? null, applied),
    ),
  );
}

function imageOfLive(live: LiveFile): FileImage {
  return live.kind === 'file'
    ? { exists: true, bytes: live.bytes, mode: live.state.mode }
    : { exists: false };
}

function claimsMore(managed: ManagedFile | null, before: ManagedFile | undefined): boolean {
  return Object.keys(managed?.items ?? {}).some((key) => !(key in (before?.items ?? {})));
}

/** Items need a plan that owns them. One that has no record yet gets its own, with the hold that it may have. */
function ownPlan(
  { header }: OpenRun,
  known: RecordedState,
  kept: RecordedState,
): readonly PlanRecordChange[] {
  const { plan, workspace } = header;
  const record = recordOfPlan(kept.plans, header);
  const present = recordOfPlan(known.plans, header);
  if (record === undefined || (present !== undefined && present.run !== header.run)) return [];
  return [{ workspace, plan, record: { ...record, hold: present?.hold ?? null } }];
}
