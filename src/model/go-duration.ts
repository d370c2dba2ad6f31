const NANOSECONDS = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
} as const;

const PART = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/;

/**
 * Nanoseconds of a Go duration (`1h30m`, `1.5s`, `-3ms`, `0`), or `null` when it is none. Rule: Go time.ParseDuration; fractions
 * below a nanosecond are cut as there.
 */
export function parseGoDuration(text: string): bigint | null {
  const negative = text.startsWith('-');
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return null;
  let total = 0n;
  while (rest !== '') {
    const match = PART.exec(rest);
    if (match === null) return null;
    const [whole, digits = '', fraction = '', unit] = match;
    if (digits === '' && fraction === '') return null;
    const size = NANOSECONDS[unit as keyof typeof NANOSECONDS];
    total += BigInt(digits || '0') * size;
    if (fraction !== '') total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    rest = rest.slice(whole.length);
  }
  return negative ? -total : total;
}
