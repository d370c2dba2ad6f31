const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Rule: Go strconv.ParseBool; `null` for what it refuses. */
export function parseGoBoolean(text: string): boolean | null {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : null;
}

const INTEGER =
  /^([+-]?)(0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/;

/** Rule: Go strconv.ParseInt with base 0, as pflag and flag read integers: `0x10`, `010` (eight), `1_000`. */
export function parseGoInteger(text: string): bigint | null {
  const match = INTEGER.exec(text);
  if (match === null) return null;
  const digits = (match[2] ?? '').replaceAll('_', '').toLowerCase();
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return match[1] === '-' ? -value : value;
}

/** Rule: k8s.io/apimachinery pkg/api/resource ParseQuantity. */
export function isGoQuantity(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text);
}
