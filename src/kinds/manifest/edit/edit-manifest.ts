import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { Edited, ItemEdit } from '../../kind.ts';
import { Draft } from './draft.ts';
import { flagOf, readOperations } from './edit-operation.ts';
import type { Operation, RestoreOperation } from './edit-operation.ts';
import { restoreStep, setStep } from './edit-step.ts';
import type { Step } from './edit-step.ts';
import { proveEdit } from './prove-edit.ts';
import { decodeManifest, encodeManifest } from '../text/source-text.ts';
import { endLastLine, openLastLine } from '../text/text-splice.ts';

/**
 * Applies all edits one splice at a time and proves the outcome (SP2023 when the proof fails). Nothing to change gives the very
 * image back. Fails with SP2001–SP2024, never throws.
 */
export function editManifest(
  image: FileImage,
  edits: readonly ItemEdit[],
  path: string,
): Result<Edited> {
  const text = decodeManifest(image, path);
  const operations = readOperations(edits, path);
  if (!text.ok || !operations.ok) {
    return fail(
      ...(text.ok ? [] : text.diagnostics),
      ...(operations.ok ? [] : operations.diagnostics),
    );
  }
  const { text: closed, added } = endLastLine(text.value);
  const edited = runInOrder(closed, operations.value, path);
  if (!edited.ok) return edited;
  const proof = proveEdit(closed, edited.value, operations.value, path);
  if (proof.length > 0) return fail(...proof);
  if (!image.exists || edited.value === closed) return ok({ image, warnings: [] });
  const bytes = encodeManifest(openLastLine(edited.value, added));
  return ok({ image: { exists: true, bytes, mode: image.mode }, warnings: [] });
}

/**
 * Order: what is put back, then what is set, then what goes. A part that a list loses goes after the parts it gains, so that
 * the item keeps its place; a flag set as a whole needs no earlier state of it.
 */
function runInOrder(text: string, operations: readonly Operation[], path: string): Result<string> {
  const sets = operations.filter((one) => one.op === 'set');
  const whole = new Set(sets.filter((one) => one.target.form === 'whole').map(flagOf));
  const growing = new Set(sets.filter((one) => one.value !== null).map(flagOf));
  const restores = operations.filter(
    (one): one is RestoreOperation => one.op === 'restore' && !whole.has(flagOf(one)),
  );
  const late = restores.filter(
    (one) => one.before.segment?.text === null && growing.has(flagOf(one)),
  );
  const isLate = new Set<RestoreOperation>(late);
  const early = restores.filter((one) => !isLate.has(one));
  const rest = [
    ...sets.filter((one) => one.value !== null),
    ...late,
    ...sets.filter((one) => one.value === null),
  ];
  const draft = new Draft(text, path);
  const settled = putAllBack(draft, early);
  if (!settled.ok) return settled;
  for (const operation of rest) {
    const done = runOne(draft, operation);
    if (!done.ok) return done;
  }
  return ok(draft.text);
}

/** Restores in the order in which places become certain: a neighbour that is itself put back comes first. */
function putAllBack(draft: Draft, operations: readonly RestoreOperation[]): Result<null> {
  const pending = [...operations];
  while (pending.length > 0) {
    const chosen = surest(draft, pending);
    if (!chosen.ok) return chosen;
    const { index, step } = chosen.value;
    pending.splice(index, 1);
    if (step.splice !== null) draft.apply(step.splice);
  }
  return ok(null);
}

function surest(
  draft: Draft,
  pending: readonly RestoreOperation[],
): Result<{ index: number; step: Step }> {
  let best: { index: number; step: Step } | null = null;
  // What cannot be put back yet may be possible once others are: an occurrence that would be left empty gets a part back.
  let refused: Result<never> | null = null;
  for (const [index, operation] of pending.entries()) {
    const line = draft.line(operation.target.container);
    const step = line.ok ? restoreStep(line.value, operation) : line;
    if (!step.ok) {
      refused ??= step;
      continue;
    }
    if (best === null || step.value.sureness < best.step.sureness)
      best = { index, step: step.value };
    if (best.step.sureness === 0) break;
  }
  if (best !== null) return ok(best);
  return refused ?? ok({ index: 0, step: { sureness: 0, splice: null } });
}

function runOne(draft: Draft, operation: Operation): Result<null> {
  const line = draft.line(operation.target.container);
  if (!line.ok) return line;
  const step =
    operation.op === 'set' ? setStep(line.value, operation) : restoreStep(line.value, operation);
  if (!step.ok) return step;
  if (step.value.splice !== null) draft.apply(step.value.splice);
  return ok(null);
}
