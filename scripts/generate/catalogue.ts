/** src/catalogue/data/<component>/<version>.json → src/generated/catalogue.ts: all versions of a component in one short text. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component } from '../../src/catalogue/flag-facts.ts';
import type { MergedCatalogue, MergedText, Span } from '../../src/catalogue/merged-catalogue.ts';
import { compareMinor } from '../../src/catalogue/minor-version.ts';
import type { CatalogueFile } from '../catalogue/catalogue-file.ts';
import { COMPONENTS } from '../../src/catalogue/flag-facts.ts';

const HEAD = `// Generated from src/catalogue/data by scripts/generate.ts. Do not edit.
/** Component → all its versions as JSON, read by src/catalogue/merged-catalogue.ts. Text, so that nothing is parsed before it is asked for. */
export const catalogueTexts = {
`;

export async function catalogueModule(dataDir: string): Promise<string> {
  const merged = new Map<Component, MergedCatalogue>();
  for (const component of COMPONENTS) {
    merged.set(component, mergeCatalogues(await readCatalogueFiles(join(dataDir, component))));
  }
  const entries = [...withSharedGates(merged)].map(
    ([component, text]) => `  '${component}': ${literal(JSON.stringify(text))},\n`,
  );
  return `${HEAD}${entries.join('')}} as const;\n`;
}

async function readCatalogueFiles(dir: string): Promise<readonly CatalogueFile[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as CatalogueFile);
}

/** The components of Kubernetes register nearly the same feature gates, half of all facts. */
export function withSharedGates(
  merged: ReadonlyMap<Component, MergedCatalogue>,
): ReadonlyMap<Component, MergedText> {
  const owners = new Map<string, Component>();
  const texts = new Map<Component, MergedText>();
  for (const [component, catalogue] of merged) {
    const key = JSON.stringify([catalogue.versions, catalogue.featureGates]);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, component);
    texts.set(component, owner === undefined ? catalogue : { ...catalogue, featureGates: owner });
  }
  return texts;
}

/** Facts that are the same in neighbouring versions become one. */
export function mergeCatalogues(files: readonly CatalogueFile[]): MergedCatalogue {
  const sorted = [...files].sort((a, b) => compareMinor(a.version, b.version));
  return {
    versions: sorted.map(({ version }) => version),
    origins: sorted.map(({ origin }) => origin),
    flags: spans(
      sorted.map(({ flags }) =>
        Object.entries(flags).map(([name, flag]) => [
          name,
          [flag.type, flag.default, flag.deprecated ?? ''] as const,
        ]),
      ),
    ),
    featureGates: spans(
      sorted.map(({ featureGates }) =>
        Object.entries(featureGates).map(([name, gate]) => [
          name,
          [gate.stage, gate.default ? 1 : 0, gate.locked ? 1 : 0] as const,
        ]),
      ),
    ),
    admissionPlugins: Object.fromEntries(
      Object.entries(
        spans(
          sorted.map(({ admissionPlugins }) => admissionPlugins.map((name) => [name, []] as const)),
        ),
      ).map(([name, found]) => [name, found.map(([span]) => span)]),
    ),
  };
}

type Spanned<Fact extends readonly unknown[]> = readonly [...fact: Fact, span: Span];

/** Name → its facts in the order of versions, each with the first and last version that it holds for. */
function spans<Fact extends readonly unknown[]>(
  versions: readonly (readonly (readonly [name: string, fact: Fact])[])[],
): Readonly<Record<string, readonly Spanned<Fact>[]>> {
  const found = new Map<string, { fact: Fact; from: number; to: number }[]>();
  for (const [place, facts] of versions.entries()) {
    for (const [name, fact] of facts) {
      const all = found.get(name) ?? [];
      const last = all.at(-1);
      const same = last?.to === place - 1 && JSON.stringify(last.fact) === JSON.stringify(fact);
      if (last !== undefined && same) last.to = place;
      else all.push({ fact, from: place, to: place });
      found.set(name, all);
    }
  }
  return Object.fromEntries(
    [...found.keys()]
      .sort()
      .map((name) => [
        name,
        (found.get(name) ?? []).map(({ fact, from, to }): Spanned<Fact> => [...fact, [from, to]]),
      ]),
  );
}

/** JSON needs double quotes, so single ones around it save the escapes. */
function literal(json: string): string {
  return `'${json.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
