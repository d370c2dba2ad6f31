import type { Result } from '../../diagnostics/diagnostic.ts';
import { readStructured } from '../../structured/read-structured.ts';
import type { Structured } from '../../structured/structured.ts';

const known = new WeakMap<Uint8Array, Map<string, Result<Structured>>>();

/** readStructured; the same bytes, which several questions of one plan are about, are parsed once. */
export function readOnce(bytes: Uint8Array, path: string): Result<Structured> {
  const byPath = known.get(bytes) ?? new Map<string, Result<Structured>>();
  known.set(bytes, byPath);
  const found = byPath.get(path) ?? readStructured(bytes, path);
  byPath.set(path, found);
  return found;
}
