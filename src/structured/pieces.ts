/**
 * Lines, keys and entries. The parser takes about 10 µs and 1 KiB for each, so that a file of this many takes some 5 s; ten thousand
 * jobs of fifty each are as many.
 */
const MAX_PIECES = 500_000;

/** Whether a text may hold more than can be read in time and memory: counted by its characters, which needs no parser. */
export function hasTooManyPieces(text: string, format: 'yaml' | 'json'): boolean {
  let pieces = 0;
  for (let at = 0; at < text.length && pieces <= MAX_PIECES; at += 1) {
    if (begins(text, at, format)) pieces += 1;
  }
  return pieces > MAX_PIECES;
}

/** `\n`, quotes and what stands between entries; each is a token wherever it stands outside of a text. */
const ALWAYS = codes('\n"\',[]{}');
const IN_JSON = codes(',[{');
/** With a blank behind them: `- a`, `a: b`; without one: `*a`. */
const BEFORE_BLANK = codes('-:?');
const BEFORE_TEXT = codes('&*!');
const BLANK = ' '.charCodeAt(0);

/** In JSON, lines do not divide anything. */
function begins(text: string, at: number, format: 'yaml' | 'json'): boolean {
  const char = text.charCodeAt(at);
  if (format === 'json') return IN_JSON[char] === 1;
  if (ALWAYS[char] === 1) return true;
  if (BEFORE_BLANK[char] === 1) return text.charCodeAt(at + 1) === BLANK;
  return BEFORE_TEXT[char] === 1 && text.charCodeAt(at + 1) !== BLANK;
}

function codes(chars: string): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
}
