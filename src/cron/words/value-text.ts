/** Values of a field as an expression for all dialects; null: a step that does not come out even, and would read as if it did. */
export function fieldText(values: readonly number[], first: number, count: number): string | null {
  if (values.length === count) return '*';
  const [start = first, next = start] = values;
  const step = next - start;
  const isProgression = step > 1 && isEven(values, step);
  if (isProgression && values.length > 2) {
    if (start === first && count % step === 0 && values.length === count / step) return `*/${step}`;
    if (values.length > 4) return null;
  }
  if (values.length > 2 && isEven(values, 1)) return `${start}-${values.at(-1)}`;
  return values.join(',');
}

/** `7th minute from 0 through 56`, `3 and 9`, `1 through 5`. */
export function valueWords(values: readonly number[], unit: string): string {
  const [start = 0, next = start] = values;
  const last = values.at(-1) ?? start;
  const step = next - start;
  if (values.length > 4 && step > 1 && isEven(values, step)) {
    return `every ${ordinal(step)} ${unit} from ${start} through ${last}`;
  }
  const name = values.length === 1 ? unit : `${unit}s`;
  if (values.length > 2 && isEven(values, 1)) return `${name} ${start} through ${last}`;
  return `${name} ${listWords(values.map(String))}`;
}

export function listWords(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`;
}

export function ordinal(value: number): string {
  const tail = value % 100 > 10 && value % 100 < 14 ? 0 : value % 10;
  return `${value}${['th', 'st', 'nd', 'rd'][tail] ?? 'th'}`;
}

function isEven(values: readonly number[], step: number): boolean {
  return values.every((value, at) => value === (values[0] ?? 0) + at * step);
}
