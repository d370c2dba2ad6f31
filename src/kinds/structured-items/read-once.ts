/** A reader that reads the same bytes, which several questions of one plan are about, once. Nobody may write into them meanwhile. */
export function readOnce<Reading>(
  read: (bytes: Uint8Array, path: string) => Reading,
): (bytes: Uint8Array, path: string) => Reading {
  const known = new WeakMap<Uint8Array, Map<string, { readonly reading: Reading }>>();
  return (bytes, path) => {
    const byPath = known.get(bytes) ?? new Map<string, { readonly reading: Reading }>();
    known.set(bytes, byPath);
    // The path is named in what is refused, and its ending says what the file must be.
    const found = byPath.get(path) ?? { reading: read(bytes, path) };
    byPath.set(path, found);
    return found.reading;
  };
}
