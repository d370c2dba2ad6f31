import { MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { Kind } from '../../kinds/kind.ts';
import { observeEach } from '../../kinds/observe-each.ts';
import type { ItemKey, RunId } from '../../model/brand.ts';
import type { DriftFile, DriftItem, LedElsewhere } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { ItemValue, RecordedItem } from '../../model/item.ts';
import type { FileAttributes, ManagedFile } from '../../model/recorded-state.ts';
import { itemId } from '../difference/declarations.ts';
import { ledWords } from '../difference/led-elsewhere.ts';
import type { Wanted } from './compare-item.ts';
import { compareItem } from './compare-item.ts';
import { attributeDifferences, compareMetadata } from './compare-metadata.ts';
import { nameId } from './desired-values.ts';
import type { DesiredValues } from './desired-values.ts';

/** An open run that wrote a file, and the mode and owner that it left; null: it removed the file. */
export interface WrittenByRun {
  readonly run: RunId;
  readonly left: FileAttributes | null;
}

export interface FileQuestion {
  readonly managed: ManagedFile;
  /** Read at the recorded path, whatever stands there. */
  readonly observed: ObservedFile;
  /** Its path, or the name that plans use, leads to another file now. */
  readonly led: LedElsewhere | null;
  readonly kind: Kind;
  readonly desired: DesiredValues | null;
  /** The open run whose bytes it has. */
  readonly openRun: WrittenByRun | undefined;
  /** The open run that is to settle it, when it has other bytes. */
  readonly unsettled: RunId | undefined;
}

/** One managed file against its record. A file that is there, but cannot be read as its kind, has drifted as a whole. */
export function compareFile(question: FileQuestion): DriftFile {
  const { managed, observed, kind, openRun, led } = question;
  const { content } = observed;
  const seen = readItems(question);
  const compared = (Object.entries(managed.items) as [ItemKey, RecordedItem][]).map(
    ([key, recorded]) =>
      compareItem({
        key,
        recorded,
        live: seen.live.get(key),
        wanted: wantedOf(question, key, recorded, seen.live.has(key)),
        same: (a, b) => kind.same(key, a, b),
      }),
  );
  const items = [
    ...(seen.unreadable ? compared.map(unknownItem) : compared),
    ...(content.kind === 'file' && openRun === undefined && observed.path === managed.path
      ? compareMetadata(managed, content.state)
      : []),
  ].map((item) => (openRun === undefined ? item : underRun(item)));
  return {
    path: managed.path,
    kind: managed.kind,
    items: openRun === undefined ? items : withItsAttributes(items, openRun, observed),
    otherLines: openRun === undefined && editsElsewhere(question, compared),
    problem: seen.problem,
    ...(content.kind === 'absent' && led === null && compared.some(isDrift)
      ? { gone: true as const }
      : {}),
    ...(led === null ? {} : { led }),
    ...(openRun === undefined ? {} : { openRun: openRun.run }),
    ...(question.unsettled === undefined ? {} : { unsettled: question.unsettled }),
  };
}

interface SeenItems {
  readonly live: ReadonlyMap<ItemKey, ItemValue>;
  readonly problem: string | null;
  /** Nothing is known of what the file has: no permission, or a record that this version cannot read. */
  readonly unreadable: boolean;
}

function readItems({ managed, observed, kind, led }: FileQuestion): SeenItems {
  const keys = Object.keys(managed.items) as ItemKey[];
  const { content } = observed;
  const nothing = { live: new Map<ItemKey, ItemValue>() };
  if (led !== null) return { ...nothing, problem: ledWords(led), unreadable: false };
  if (content.kind === 'refused') {
    return { ...nothing, problem: content.reason, unreadable: content.code === 'not-readable' };
  }
  if (content.kind === 'absent') {
    return { live: new Map(keys.map((key) => [key, null])), problem: null, unreadable: false };
  }
  const live = new Map<ItemKey, ItemValue>();
  let problem: string | null = null;
  for (const [key, seen] of observeEach(kind, imageOf(content), keys, observed.path)) {
    if (seen.ok) live.set(key, seen.value);
    else problem ??= seen.diagnostics[0]?.message ?? 'it cannot be read';
  }
  // What a run left could be read; with somebody's edit in it, it is theirs that cannot.
  const asLeft = content.state.sha256 === managed.state?.sha256 && managed.edited !== true;
  return { live, problem, unreadable: problem !== null && asLeft };
}

function wantedOf(
  { managed, desired, observed, led }: FileQuestion,
  key: ItemKey,
  recorded: RecordedItem,
  isTold: boolean,
): Wanted {
  if (desired === null || recorded.owner.workspace !== desired.workspace) return 'unknown';
  // Where its container is gone, the plan's flag is read for another one: it is declared all the same.
  const found =
    desired.items.get(itemId(managed.path, key)) ??
    (isTold ? undefined : desired.byName.get(nameId({ path: managed.path, ...recorded })));
  if (found !== undefined) return { value: found.item.value };
  // What a plan wants under a name that leads elsewhere, it wants of this file all the same.
  const names = led === null ? [managed.path] : [managed.path, managed.declared ?? managed.path];
  const isUnclear = names.some((name) => desired.unclear.has(name));
  if (!desired.plans.has(recorded.owner.plan) || isUnclear) return 'unknown';
  // A file that is gone as it should be has no mode to give back, either.
  if (observed.content.kind === 'absent' && desired.gone.has(managed.path)) return { value: null };
  return 'undeclared';
}

/** What an open run wrote is neither recorded nor anybody else's. */
function underRun(item: DriftItem): DriftItem {
  return item.state === 'in-sync' ? item : { ...item, state: 'pending' };
}

/** Mode and owner are those that the run left, or somebody else's; a mode that is an item is told as that. */
function withItsAttributes(
  items: readonly DriftItem[],
  { left }: WrittenByRun,
  { content }: ObservedFile,
): readonly DriftItem[] {
  if (left === null || content.kind !== 'file') return items;
  const differing = attributeDifferences(left, content.state);
  const mode = differing.find(({ label }) => label === 'mode');
  const owned = items.some(({ key }) => key === MODE_KEY);
  return [
    ...items.map((item): DriftItem => {
      if (item.key !== MODE_KEY || mode?.recorded === undefined) return item;
      return { ...item, state: 'drifted', recorded: mode.recorded };
    }),
    ...differing.filter((item) => item !== mode || !owned),
  ];
}

function unknownItem({ live: _live, ...item }: DriftItem): DriftItem {
  return { ...item, state: 'unknown' };
}

function editsElsewhere(
  { managed, observed, kind }: FileQuestion,
  items: readonly DriftItem[],
): boolean {
  const { content } = observed;
  if (content.kind !== 'file' || managed.state === null || observed.path !== managed.path) {
    return false;
  }
  if (content.state.sha256 === managed.state.sha256) return false;
  return items.every(
    ({ key, recorded, live }) =>
      recorded !== undefined && live !== undefined && kind.same(key, recorded, live),
  );
}
