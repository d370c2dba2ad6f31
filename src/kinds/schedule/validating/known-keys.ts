import { scheduleFileSchema } from '../../../generated/schedule-file-schema.ts';
import type { ValuePath } from './problem.ts';

interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** The keys that our schema has for the mapping at a path: the document, an entry, or the global settings. */
export function knownKeys(path: ValuePath): readonly string[] {
  const schema = scheduleFileSchema as Shape;
  if (path.length === 0) return Object.keys(schema.properties ?? {});
  const definition = schema.$defs?.[path[0] === 'global' ? 'global' : 'entry'];
  return Object.keys(definition?.properties ?? {});
}
