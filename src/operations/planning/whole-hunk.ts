/** Lines of context around a difference, as diff(1) has them. */
const CONTEXT = 3;

/**
 * The difference of two texts as one hunk of a unified diff, in linear time: everything between what both begin and end with. For texts
 * that have little in common; what is shown is true, if not the least that could be.
 */
export function wholeHunk(before: string, after: string): string {
  const [old, next] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, next.length);
  let head = 0;
  while (head < shorter && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  const from = Math.max(0, head - CONTEXT);
  const to = tail - Math.min(tail, CONTEXT);
  const [oldEnd, nextEnd] = [old.length - to, next.length - to];
  return [
    `@@ -${range(from, oldEnd)} +${range(from, nextEnd)} @@\n`,
    ...old.slice(from, head).map((line) => marked(' ', line)),
    ...old.slice(head, old.length - tail).map((line) => marked('-', line)),
    ...next.slice(head, next.length - tail).map((line) => marked('+', line)),
    ...old.slice(old.length - tail, oldEnd).map((line) => marked(' ', line)),
  ].join('');
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}

/** An empty range is told by the line before it. */
function range(from: number, end: number): string {
  return end === from ? `${from},0` : `${from + 1},${end - from}`;
}
