import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { printableLine } from '../../diagnostics/printable.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';

/**
 * Throws SP2321 (exit 7) for every item of the file that a plan owns and that `after` has otherwise; what else changes is the
 * caller's. The caller holds the lock of the path: no run that writes the file changes owners meanwhile. One that only records what it
 * found does not ask for the lock: if it comes between, the next plan shows drift. Errors: as loading the recorded state.
 */
export async function refuseManaged(
  session: Session,
  path: HostPath,
  before: FileImage,
  after: FileImage,
): Promise<void> {
  const file = await openState(session).managedFile(path);
  if (file === null) return;
  const touched = touchedItems(file, before, after);
  if (touched.length > 0) {
    throw new SetpointError(
      EXIT.refused,
      touched.map((key) => managedBy(file, key)),
    );
  }
}

/** Where the kind cannot tell items apart in one of the two images, all of them. */
function touchedItems(
  { kind: name, items, path }: ManagedFile,
  before: FileImage,
  after: FileImage,
): readonly ItemKey[] {
  const kind = kindOf(name);
  const keys = Object.keys(items) as ItemKey[];
  const was = kind.observe(before, keys, path);
  const becomes = kind.observe(after, keys, path);
  if (!was.ok || !becomes.ok) return keys;
  return keys.filter((key) => {
    const old = was.value.get(key)?.value ?? null;
    return !kind.same(key, old, becomes.value.get(key)?.value ?? null);
  });
}

function managedBy({ path, items }: ManagedFile, key: ItemKey): Diagnostic {
  const { owner, label } = items[key] ?? {};
  const plan = owner === undefined ? 'a plan' : `plan ${owner.plan}`;
  const address =
    owner === undefined ? '' : ` (${owner.workspace}: ${owner.plan}/${owner.resource})`;
  return {
    code: 'SP2321',
    severity: 'error',
    message: `${label ?? key} of ${printableLine(path)} is managed by ${plan}${address}`,
    help: 'Change it in the plan file and apply that. Other parts of the file can be written.',
  };
}
