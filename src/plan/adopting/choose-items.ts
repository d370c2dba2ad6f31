import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import { addressReadings, isAddressed } from '../blame/address.ts';
import type { ItemAddress } from '../blame/address.ts';
import { nameablePlaces } from '../blame/nameable.ts';
import type { NameableFile } from '../blame/nameable.ts';

/** A drifted item in its file. */
export interface Drifted {
  readonly file: DriftFile;
  readonly item: DriftItem;
}

/** At most so many names in one hint. */
const SHOWN = 10;

/**
 * What drifted and is meant by the arguments; without any, all that plans of this workspace declare. Fails with SP9001 for each
 * argument that names nothing that drifted. An argument that names what is adopted already chooses nothing.
 */
export function chooseItems(
  files: readonly DriftFile[],
  names: readonly string[],
  workspace: WorkspaceName,
): Result<readonly Drifted[]> {
  const all = files.flatMap((file) => file.items.map((item) => ({ file, item })));
  const usual = (one: Drifted): boolean => isAdoptable(one, workspace);
  if (names.length === 0) return ok(all.filter(usual));
  const chosen = new Set<Drifted>();
  const problems: Diagnostic[] = [];
  for (const name of new Set(names)) {
    const named = addressReadings(name)
      .map((address) => all.filter((one) => isMeant(address, one)))
      .find((found) => found.length > 0);
    const adopted = named?.some(({ item }) => isAdopted(item)) ?? false;
    const drifted = (named ?? []).filter(({ item }) => isDrift(item));
    // A file stands for what can be adopted of it; what is named alone is told why it cannot.
    const some = drifted.some(usual) || adopted;
    for (const one of some ? drifted.filter(usual) : drifted) chosen.add(one);
    if (drifted.length === 0 && !adopted) problems.push(unknown(name, named ?? [], all, files));
  }
  return problems.length > 0 ? fail(...problems) : ok([...chosen]);
}

/** Declared by a plan of this workspace: mode and owner have no owner among plans. */
function isAdoptable({ item }: Drifted, workspace: WorkspaceName): boolean {
  return isDrift(item) && item.undeclared !== true && item.owner?.workspace === workspace;
}

/** A file, plan or resource stands for its items; mode and owner that no plan declares are meant only by their name. */
function isMeant(address: ItemAddress, { file, item }: Drifted): boolean {
  const { owner, label, key } = item;
  if (owner !== undefined) return isAddressed(address, file.path, key, { owner, label });
  return 'path' in address && address.path === file.path && address.item === label;
}

/** The plan has the live value: the next apply records it. */
export function isAdopted({ state, recorded, live, desired }: DriftItem): boolean {
  const known = live !== undefined && recorded !== undefined;
  return state === 'pending' && known && live !== recorded && live === desired;
}

function unknown(
  name: string,
  named: readonly Drifted[],
  all: readonly Drifted[],
  files: readonly DriftFile[],
): Diagnostic {
  const ignored = named.find(({ item }) => item.ignored !== undefined)?.item.ignored;
  const message =
    named.length === 0
      ? `nothing that drifted is called ${name}`
      : ignored === undefined
        ? `${name} has not drifted`
        : `drift of ${name} is ignored: ${ignored.reason}`;
  return { code: 'SP9001', severity: 'error', message, help: hint(name, named, all, files) };
}

function hint(
  name: string,
  named: readonly Drifted[],
  all: readonly Drifted[],
  files: readonly DriftFile[],
): string {
  if (named.some(({ item }) => item.ignored !== undefined)) {
    return 'take the rule out of drift.ignore in setpoint.yaml first';
  }
  const drifted = all.filter(({ item }) => isDrift(item));
  if (drifted.length === 0) return 'nothing drifted: setpoint drift';
  const known = nameablePlaces(files.map(nameable), name);
  const near = named.length === 0 ? suggestion(name, known) : null;
  const names = drifted.map(({ file, item }) => addressOf(file.path, item.label));
  const rest = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  const told = `drifted: ${names.slice(0, SHOWN).join(', ')}${rest}`;
  return near === null ? told : `${near} ${told}`;
}

/** `/etc/app.yaml#v`: as `blame` and `drift --adopt` take it. */
export function addressOf(path: HostPath, label: string): string {
  return `${path}#${label.replace(/^--/, '')}`;
}

function nameable({ path, items }: DriftFile): NameableFile {
  const owned = items.flatMap(({ key, owner, label }) =>
    owner === undefined ? [] : [[key, { owner, label }] as const],
  );
  return { path, items: Object.fromEntries(owned) };
}
