import { isMap, parseDocument, visit } from 'yaml';
import type { YAMLMap } from 'yaml';
import type { PlanDocument } from '../files/parse-plan.ts';
import { YAML_OPTIONS } from '../files/read-source-tree.ts';

/** A valid plan file with the nodes of its text, aliases not replaced: what may be edited shows only there. */
export interface PlanText {
  readonly document: PlanDocument;
  /** Without a byte order mark. */
  readonly text: string;
  readonly root: YAMLMap.Parsed;
  /** Anchors that an alias repeats: what stands in them stands elsewhere, too. */
  readonly repeated: ReadonlySet<string>;
}

export function planText(document: PlanDocument): PlanText {
  const { text } = document.tree.file;
  const parsed = parseDocument(text, YAML_OPTIONS);
  const root = parsed.contents;
  if (!isMap(root)) throw new Error(`${document.path} was read as a mapping`);
  const repeated = new Set<string>();
  visit(parsed, {
    Alias(_key, { source }) {
      repeated.add(source);
    },
  });
  return { document, text, root, repeated };
}
