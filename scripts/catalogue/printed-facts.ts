/** What the Go programs print (programs/kubernetes/print, programs/etcd/etcdmain) → a file of the catalogue. */
import type { CatalogueFile, FileFlag, FileGate } from './catalogue-file.ts';
import { deprecationNote } from './deprecation-note.ts';

export interface PrintedFacts {
  readonly flags: readonly {
    readonly name: string;
    readonly type: string;
    readonly default: string;
    readonly deprecated?: string;
  }[];
  readonly featureGates: readonly (FileGate & { readonly name: string })[];
  readonly admissionPlugins: readonly string[];
}

export function catalogueOf(
  head: Pick<CatalogueFile, 'component' | 'version' | 'origin' | 'generator'>,
  printed: PrintedFacts,
): CatalogueFile {
  const flags: Record<string, FileFlag> = {};
  for (const { name, type, default: text, deprecated = '' } of printed.flags) {
    const fact = { type, default: text };
    flags[name] = deprecated === '' ? fact : { ...fact, deprecated: deprecationNote(deprecated) };
  }
  const featureGates: Record<string, FileGate> = {};
  for (const { name, stage, default: on, locked } of printed.featureGates) {
    featureGates[name] = { stage, default: on, locked };
  }
  return { ...head, flags, featureGates, admissionPlugins: [...printed.admissionPlugins].sort() };
}
