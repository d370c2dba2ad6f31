/** A `$ref` of a JSON Schema that leads out of it; `null`: there is none. What is only named like one is none. */
export function outsideReference(schema: object): string | null {
  const open: unknown[] = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      const refers = key === '$ref' || key === '$dynamicRef' || key === '$recursiveRef';
      if (refers && typeof value === 'string' && !value.startsWith('#')) return `${key}: ${value}`;
      open.push(value);
    }
  }
  return null;
}
