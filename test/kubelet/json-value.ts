export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${at}: expected a map`);
  return value as Json;
}

export function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${at}: expected a list`);
  return value;
}

export function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new Error(`${at}: expected a string, got ${typeof value}`);
  return value;
}

export function number(value: unknown, at: string): number {
  if (typeof value !== 'number') throw new Error(`${at}: expected a number, got ${typeof value}`);
  return value;
}

/** Keys in order, nulls left out: a null and an absent field decode to the same object. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
