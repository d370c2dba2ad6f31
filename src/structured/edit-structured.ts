import { isDeepStrictEqual } from 'node:util';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { applyEdit, restoreLater } from './apply-edit.ts';
import type { Later } from './apply-edit.ts';
import { valueOf } from './draft.ts';
import { eolOf } from './lines.ts';
import { endLastLine } from './observe-structured.ts';
import { rootSlot } from './open-box.ts';
import { readText } from './read-structured.ts';
import { refusal } from './refusal.ts';
import { render } from './render.ts';
import type { Structured, StructuredEdit } from './structured.ts';
import { styleOf } from './style.ts';

/**
 * The text with all edits, in their order, made by splices: what no edit is about stays byte for byte. Proved by reading the result
 * back: this document decodes to what is wanted, the others to what they were. One parse, however many edits. Fails with SP2205 to
 * SP2210, with all problems at once.
 */
export function editStructured(
  source: Structured,
  edits: readonly StructuredEdit[],
  path: string,
): Result<{ readonly text: string }> {
  const edited = editedStructured(source, edits, path);
  return edited.ok ? ok({ text: edited.value.text }) : edited;
}

/** The same, with what the proof read: this document as the new text has it. */
export function editedStructured(
  source: Structured,
  edits: readonly StructuredEdit[],
  path: string,
): Result<Structured> {
  const text = endLastLine(source.text);
  const context = { text, path, style: styleOf(text, source.root, source.format) };
  const root = rootSlot(text, source.root);
  const later: Later[] = [];
  const problems = edits.flatMap((edit) => applyEdit(context, root, edit, later));
  problems.push(...restoreLater(context, root, later));
  if (problems.length > 0) return fail(...problems);
  const wanted = valueOf(root);
  const rendered = render(text, root, context.style);
  const added = text.length > source.text.length && rendered.endsWith('\n');
  const after = added
    ? rendered.slice(0, rendered.length - eolOf(rendered.slice(-2)).length)
    : rendered;
  return after === source.text ? ok(source) : proved(source, after, wanted, path);
}

/** The document of the new text; SP2207 where it is not what is wanted. */
function proved(
  source: Structured,
  after: string,
  wanted: unknown,
  path: string,
): Result<Structured> {
  const read = readText(after, path);
  const help = 'nothing was changed; edit the file by hand and please report it';
  if (!read.ok) {
    const [first] = read.diagnostics;
    const message = `the result could not be read: ${first?.message ?? ''}`;
    return fail(refusal('SP2207', path, message, help));
  }
  const own = read.value[source.document];
  if (own !== undefined && isDeepStrictEqual(own.value, wanted)) return ok(own);
  const message = 'the edit would not be safe: something else would change';
  return fail(refusal('SP2207', path, message, help));
}
