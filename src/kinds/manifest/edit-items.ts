import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../model/file-image.ts';
import { editedKey } from '../edited-key.ts';
import type { Edited, ItemEdit } from '../kind.ts';
import { editManifest } from './edit/edit-manifest.ts';
import { editMounts } from './mounts/edit-mounts.ts';
import { isMountKey } from './mounts/mount-key.ts';
import { decodeManifest, encodeManifest } from './text/source-text.ts';
import { parseCompanionKey } from './companions/companion-key.ts';
import type { CompanionTarget, ProbeTarget } from './companions/companion-key.ts';
import { editProbe } from './companions/probes/edit-probe.ts';
import { settleUid } from './companions/uid/renew-uid.ts';

/**
 * Mounts first, then flags, then probes, then the uid that the new content needs: each family stands in places of its own, and its
 * edit is proved against the stage before it. Nothing to change gives the very image back. Fails with SP2001–SP2024, SP2081–SP2083,
 * SP2101, SP2105.
 */
export function editItems(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  const sorted = edits.map((edit) => ({ edit, target: targetOf(edit) }));
  const others = sorted.flatMap(({ edit, target }) => (target === null ? [edit] : []));
  const edited = editMountsAndFlags(image, others, path);
  if (!edited.ok) return edited;
  const before = decodeManifest(image, path);
  const start = decodeManifest(edited.value.image, path);
  if (!before.ok || !start.ok) return before.ok ? edited : before;
  const probes = sorted.flatMap(({ edit, target }) =>
    target?.form === 'probe' ? [{ edit, target }] : [],
  );
  const probed = editProbes(start.value, probes, path);
  if (!probed.ok) return probed;
  const uid = sorted.find(({ edit, target }) => target?.form === 'uid' && edit.op === 'restore');
  const givenBack = uid?.edit.op === 'restore' ? uid.edit.before : null;
  const settled = settleUid(before.value, probed.value, givenBack, path);
  if (!settled.ok || settled.value === start.value) return settled.ok ? edited : settled;
  const { warnings } = edited.value;
  if (!image.exists || settled.value === before.value) return ok({ image, warnings });
  const bytes = encodeManifest(settled.value);
  return ok({ image: { exists: true, bytes, mode: image.mode }, warnings });
}

function editMountsAndFlags(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  const flags = edits.filter((one) => !isMountKey(editedKey(one)));
  const mounted = editMounts(
    image,
    edits.filter((one) => isMountKey(editedKey(one))),
    path,
  );
  if (!mounted.ok || flags.length === 0) return mounted;
  return editManifest(mounted.value.image, flags, path);
}

function targetOf(edit: ItemEdit): CompanionTarget | null {
  return parseCompanionKey(editedKey(edit));
}

/** All problems at once. */
function editProbes(
  text: string,
  edits: readonly { readonly edit: ItemEdit; readonly target: ProbeTarget }[],
  path: string,
): Result<string> {
  const problems: Diagnostic[] = [];
  let now = text;
  for (const { edit, target } of edits) {
    const edited = editProbe(now, edit, target, path);
    if (edited.ok) now = edited.value;
    else problems.push(...edited.diagnostics);
  }
  return problems.length > 0 ? fail(...problems) : ok(now);
}
