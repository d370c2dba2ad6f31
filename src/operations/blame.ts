import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { suggestion } from '../diagnostics/suggest.ts';
import type { StateRepository } from '../git/record/state-repository.ts';
import type { ItemKey } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import type { RecordedState } from '../model/recorded-state.ts';
import { addressReadings, isAddressed } from '../plan/blame/address.ts';
import type { ItemAddress } from '../plan/blame/address.ts';
import { nameablePlaces } from '../plan/blame/nameable.ts';
import { findOrigins } from './looking-back/find-origins.ts';
import type { OwnedItem } from './looking-back/find-origins.ts';
import { findReleased } from './looking-back/find-released.ts';
import type { BlameResult } from './looking-back/results.ts';
import { openState } from './open-state.ts';
import type { Session } from './session.ts';
import { requireRecord } from './state/lost-record.ts';

/**
 * Which run set each item of a file, plan or resource, and what was there before. From the recorded state alone: no workspace,
 * no lock, no look at live files; as many git processes for one item as for ten thousand. Throws SetpointError exit 64 for an
 * address that means nothing and never did, 6 (SP5082, SP5083) where nothing is recorded here and may be elsewhere.
 */
export async function blame(session: Session, address: string): Promise<BlameResult> {
  const state = openState(session);
  const recorded = await state.load();
  const host = session.hostName;
  const readings = addressReadings(address);
  for (const reading of readings) {
    const owned = ownedItems(recorded, reading);
    if (owned.length > 0) return { host, items: await findOrigins(state, owned), released: [] };
  }
  for (const reading of readings) {
    const released = await findReleased(state, reading);
    if (released.length > 0) return { host, items: [], released };
  }
  if (recorded.head === null) await requireRecord(session);
  throw await unknownAddress(state, recorded, address);
}

/** By file and label, the order in which people look for them. */
function ownedItems(recorded: RecordedState, address: ItemAddress): readonly OwnedItem[] {
  const files = [...recorded.files.values()].filter(
    ({ path }) => !('path' in address) || address.path === path,
  );
  const found = files.flatMap((file) =>
    Object.entries(file.items).flatMap(([name, item]) => {
      const key = name as ItemKey;
      return isAddressed(address, file.path, key, item) ? [{ file, key, item }] : [];
    }),
  );
  return found.toSorted(
    (a, b) => compare(a.file.path, b.file.path) || compare(a.item.label, b.item.label),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function unknownAddress(
  state: StateRepository,
  recorded: RecordedState,
  address: string,
): Promise<SetpointError> {
  const { plans, paths } = await state.namesEver();
  const known = [...nameablePlaces(recorded.files.values(), address), ...plans, ...paths];
  const message = `nothing that is recorded on this host is, or was, called ${address}`;
  const help =
    suggestion(address, known) ??
    'name a managed file (setpoint status --verbose lists them), FILE#FLAG, PLAN, PLAN/RESOURCE or PLAN/RESOURCE/FLAG';
  return new SetpointError(EXIT.usage, [{ code: 'SP9001', severity: 'error', message, help }]);
}
