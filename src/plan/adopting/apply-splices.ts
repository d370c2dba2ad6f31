import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';

/** The text with all splices, whose offsets are those of the old text; what is inserted at one place keeps its order. */
export function applySplices(text: string, splices: readonly TextSplice[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: piece } of splices.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start < at) throw new Error('two edits of a plan file meet');
    pieces.push(text.slice(at, start), piece);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
