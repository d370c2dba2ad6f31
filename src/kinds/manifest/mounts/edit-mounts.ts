import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { Edited, ItemEdit } from '../../kind.ts';
import { parsePod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { decodeManifest, encodeManifest } from '../text/source-text.ts';
import { applySplice, endLastLine, openLastLine } from '../text/text-splice.ts';
import type { MountOperation } from './mount-operation.ts';
import { readMountOperations } from './mount-operation.ts';
import { restoreMount, setMount } from './mount-step.ts';
import type { Step } from './mount-step.ts';
import { proveMounts } from './prove-mounts.ts';
import { restoreVolume, setVolume } from './volume-step.ts';

/** More splices than any operation takes. */
const MOST_STEPS = 4;

/**
 * Applies edits of mounts and volumes one splice at a time and proves the outcome (SP2023 when the proof fails). Nothing to change
 * gives the very image back. Fails with SP2001–SP2012, SP2015, SP2022–SP2024, SP2081–SP2083, never throws.
 */
export function editMounts(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  if (edits.length === 0) return ok({ image, warnings: [] });
  const text = decodeManifest(image, path);
  const operations = readMountOperations(edits, path);
  if (!text.ok) return text;
  if (!operations.ok) return operations;
  const { text: closed, added } = endLastLine(text.value);
  const edited = inOrder(operations.value).reduce<Result<string>>(
    (now, operation) => (now.ok ? runOne(now.value, operation, path) : now),
    ok(closed),
  );
  if (!edited.ok) return edited;
  const proof = proveMounts(closed, edited.value, operations.value, path);
  if (proof.length > 0) return fail(...proof);
  if (!image.exists || edited.value === closed) return ok({ image, warnings: [] });
  const bytes = encodeManifest(openLastLine(edited.value, added));
  return ok({ image: { exists: true, bytes, mode: image.mode }, warnings: [] });
}

/** A volume is there as long as something mounts it, and a list gets what is new before it loses anything. */
function inOrder(operations: readonly MountOperation[]): readonly MountOperation[] {
  return operations.toSorted((a, b) => rank(a) - rank(b));
}

function rank(operation: MountOperation): number {
  if (operation.op === 'set-volume') return 0;
  if (operation.op === 'restore-volume') return operation.before === null ? 4 : 1;
  return operation.op === 'set-mount' ? 2 : 3;
}

function runOne(text: string, operation: MountOperation, path: string): Result<string> {
  let now = text;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const pod = parsePod(now, path);
    const next = pod.ok ? nextStep(pod.value, operation) : pod;
    if (!next.ok) return next;
    if (next.value === null) return ok(now);
    now = applySplice(now, next.value);
    // Of several volumes of one path that nothing mounts, one is ours.
    if (operation.op === 'restore-volume' && operation.before === null) return ok(now);
  }
  // The proof tells what is not as it should be.
  return ok(now);
}

function nextStep(source: PodSource, operation: MountOperation): Step {
  if (operation.op === 'set-mount') return setMount(source, operation);
  if (operation.op === 'set-volume') return setVolume(source, operation);
  return operation.op === 'restore-mount'
    ? restoreMount(source, operation)
    : restoreVolume(source, operation);
}
