import { fail, ok } from '../../../src/diagnostics/diagnostic.ts';
import type { Result } from '../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit } from '../../../src/kinds/kind.ts';
import { flagOf, readOperations } from '../../../src/kinds/manifest/edit/edit-operation.ts';
import type {
  Operation,
  RestoreOperation,
} from '../../../src/kinds/manifest/edit/edit-operation.ts';
import { restoreStep, setStep } from '../../../src/kinds/manifest/edit/edit-step.ts';
import type { Step } from '../../../src/kinds/manifest/edit/edit-step.ts';
import { proveEdit } from '../../../src/kinds/manifest/edit/prove-edit.ts';
import { readCommandLine } from '../../../src/kinds/manifest/flags/command-line.ts';
import type { CommandLine } from '../../../src/kinds/manifest/flags/command-line.ts';
import { readContainer } from '../../../src/kinds/manifest/pod/container.ts';
import { parsePod } from '../../../src/kinds/manifest/pod/parse-pod.ts';
import {
  applySplice,
  endLastLine,
  openLastLine,
} from '../../../src/kinds/manifest/text/text-splice.ts';

/**
 * The same edit with the whole text parsed anew for every step: slow, and nothing is carried from one step to the next. What the
 * product makes of a manifest has to be this, byte for byte.
 */
export function editStepByStep(
  text: string,
  edits: readonly ItemEdit[],
  path: string,
): Result<string> {
  const operations = readOperations(edits, path);
  if (!operations.ok) return operations;
  const { text: closed, added } = endLastLine(text);
  const edited = runInOrder(closed, operations.value, path);
  if (!edited.ok) return edited;
  const proof = proveEdit(closed, edited.value, operations.value, path);
  if (proof.length > 0) return fail(...proof);
  return ok(openLastLine(edited.value, added));
}

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
  let best: { index: number; step: Step } | null = null;
  let refused: Result<never> | null = null;
  for (const [index, operation] of pending.entries()) {
    const line = readLine(text, operation.target.container, path);
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

export function readLine(text: string, name: string, path: string): Result<CommandLine> {
  const pod = parsePod(text, path);
  const container = pod.ok ? readContainer(pod.value, name) : pod;
  return container.ok ? readCommandLine(container.value) : container;
}
