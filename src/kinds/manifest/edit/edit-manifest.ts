import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { Edited, ItemEdit } from '../../kind.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { readContainer } from '../pod/container.ts';
import { flagOf, readOperations } from './edit-operation.ts';
import type { Operation, RestoreOperation } from './edit-operation.ts';
import { restoreStep, setStep } from './edit-step.ts';
import type { Step } from './edit-step.ts';
import { parsePod } from '../pod/parse-pod.ts';
import { proveEdit } from './prove-edit.ts';
import { decodeManifest, encodeManifest } from '../text/source-text.ts';
import { applySplice, endLastLine, openLastLine } from '../text/text-splice.ts';

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
  const restores = operations.filter((one) => one.op === 'restore' && !whole.has(flagOf(one)));
  const late = restores.filter(
    (one) => one.op === 'restore' && one.before.segment?.text === null && growing.has(flagOf(one)),
  );
  const early = restores.filter((one) => !late.includes(one));
  const rest = [
    ...sets.filter((one) => one.value !== null),
    ...late,
    ...sets.filter((one) => one.value === null),
  ];
  const settled = putAllBack(text, early as RestoreOperation[], path);
  return rest.reduce<Result<string>>(
    (now, operation) => (now.ok ? runOne(now.value, operation, path) : now),
    settled,
  );
}

/** Restores in the order in which places become certain: a neighbour that is itself put back comes first. */
function putAllBack(
  text: string,
  operations: readonly RestoreOperation[],
  path: string,
): Result<string> {
  const pending = [...operations];
  let now = text;
  while (pending.length > 0) {
    const chosen = surest(now, pending, path);
    if (!chosen.ok) return chosen;
    const { index, step } = chosen.value;
    pending.splice(index, 1);
    if (step.splice !== null) now = applySplice(now, step.splice);
  }
  return ok(now);
}

function surest(
  text: string,
  pending: readonly RestoreOperation[],
  path: string,
): Result<{ index: number; step: Step }> {
  const lines = new Map<string, Result<CommandLine>>();
  let best: { index: number; step: Step } | null = null;
  // What cannot be put back yet may be possible once others are: an occurrence that would be left empty gets a part back.
  let refused: Result<never> | null = null;
  for (const [index, operation] of pending.entries()) {
    const { container } = operation.target;
    const line = lines.get(container) ?? readLine(text, container, path);
    lines.set(container, line);
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

function runOne(text: string, operation: Operation, path: string): Result<string> {
  const line = readLine(text, operation.target.container, path);
  if (!line.ok) return line;
  const step =
    operation.op === 'set' ? setStep(line.value, operation) : restoreStep(line.value, operation);
  if (!step.ok) return step;
  return ok(step.value.splice === null ? text : applySplice(text, step.value.splice));
}

function readLine(text: string, name: string, path: string): Result<CommandLine> {
  const pod = parsePod(text, path);
  const container = pod.ok ? readContainer(pod.value, name) : pod;
  return container.ok ? readCommandLine(container.value) : container;
}
