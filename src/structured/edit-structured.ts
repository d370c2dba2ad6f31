import { isDeepStrictEqual } from 'node:util';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
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
  if (after === source.text) return ok({ text: after });
  const unsafe = prove(source, after, wanted, path);
  return unsafe === null ? ok({ text: after }) : fail(unsafe);
}

/** Why the new text is not what is wanted (SP2207). */
function prove(
  source: Structured,
  after: string,
  wanted: unknown,
  path: string,
): Diagnostic | null {
  const read = readText(after, path);
  const help = 'nothing was changed; edit the file by hand and please report it';
  if (!read.ok) {
    const [first] = read.diagnostics;
    return refusal('SP2207', path, `the result could not be read: ${first?.message ?? ''}`, help);
  }
  const own = read.value[source.document];
  if (own !== undefined && isDeepStrictEqual(own.value, wanted)) return null;
  return refusal('SP2207', path, 'the edit would not be safe: something else would change', help);
}
