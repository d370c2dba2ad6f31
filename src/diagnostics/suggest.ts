import { distance } from 'fastest-levenshtein';

/**
 * The candidate most like `word`, or `null` when none is near: at most a third of the letters (and at least one) may differ, and no
 * more than `most`; case and `_` for `-` cost nothing, swapped letters count once. The first of equals wins.
 */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  most = Number.POSITIVE_INFINITY,
): string | null {
  const wanted = fold(word);
  const limit = Math.min(most, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const steps = stepsBetween(wanted, fold(candidate));
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

/** `did you mean "x"?`, or `null`. */
export function suggestion(word: string, candidates: Iterable<string>): string | null {
  const found = didYouMean(word, candidates);
  return found === null ? null : `did you mean "${found}"?`;
}

/** Swapped letters (`nmae`) are one mistake, not two. */
function stepsBetween(a: string, b: string): number {
  return a !== b && a.length === b.length && letters(a) === letters(b) ? 1 : distance(a, b);
}

function letters(word: string): string {
  return word.split('').sort().join('');
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
