import type { ChangeSet } from '../model/change-set.ts';

/** Parses and checks a saved change set (format version, shape, digest). Throws SetpointError exit 65 or 6. */
export function readChangeSet(_text: string, _name: string): ChangeSet {
  throw new Error('under construction');
}
