import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import type { DriftFile } from '../../model/drift.ts';
import { nameablePlaces } from '../blame/nameable.ts';
import type { NameableFile } from '../blame/nameable.ts';
import { driftedAddresses, isManaged, itemsNamed } from './named-items.ts';

/** At most so many names in one hint. */
const SHOWN = 10;

/** SP3073 for an address that names nothing that drifted: what it does name, and what drifted. */
export function nothingDrifted(address: string, files: readonly DriftFile[]): Diagnostic {
  const rule = itemsNamed(files, address).find(({ item }) => item.ignored !== undefined);
  const ignored = rule?.item.ignored;
  if (ignored !== undefined) {
    const message = `drift of ${address} is ignored: ${ignored.reason}`;
    return problem(message, 'take the rule out of drift.ignore in setpoint.yaml first');
  }
  const drifted = driftedText(files);
  if (itemsNamed(files, address).length > 0 || isManaged(files, address)) {
    return problem(`${address} has not drifted`, drifted);
  }
  const near = suggestion(address, nameablePlaces(files.map(nameable), address));
  const message = `nothing that drifted is called ${address}`;
  return problem(message, near === null ? drifted : `${near} ${drifted}`);
}

function problem(message: string, help: string): Diagnostic {
  return { code: 'SP3073', severity: 'error', message, help };
}

function driftedText(files: readonly DriftFile[]): string {
  const known = driftedAddresses(files);
  if (known.length === 0) return 'nothing drifted: setpoint drift';
  const rest = known.length > SHOWN ? `, and ${String(known.length - SHOWN)} more` : '';
  return `drifted: ${known.slice(0, SHOWN).join(', ')}${rest}`;
}

/** Mode and owner have no owner among plans, so that no plan names them; their file does. */
function nameable({ path, items }: DriftFile): NameableFile {
  const owned = items.flatMap(({ key, owner, label }) =>
    owner === undefined ? [] : [[key, { owner, label }] as const],
  );
  return { path, items: Object.fromEntries(owned) };
}
