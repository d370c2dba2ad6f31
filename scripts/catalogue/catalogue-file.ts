/** The files of src/catalogue/data: the facts of one component in one version, one a line, sorted. */
import type { Component } from '../../src/catalogue/flag-facts.ts';

export interface FileFlag {
  /** Type word of the flag library. */
  readonly type: string;
  readonly default: string;
  readonly deprecated?: string;
}

export interface FileGate {
  readonly stage: 'alpha' | 'beta' | 'ga' | 'deprecated';
  readonly default: boolean;
  readonly locked: boolean;
}

export interface CatalogueFile {
  readonly component: Component;
  readonly version: string;
  /** What printed the facts, with its version. */
  readonly origin: string;
  /** The command that wrote the file. */
  readonly generator: string;
  readonly flags: Readonly<Record<string, FileFlag>>;
  readonly featureGates: Readonly<Record<string, FileGate>>;
  readonly admissionPlugins: readonly string[];
}

/** Below src/catalogue/data. */
export function catalogueFilePath({ component, version }: CatalogueFile): string {
  return `${component}/${version}.json`;
}

export function catalogueFileText(file: CatalogueFile): string {
  const { flags, featureGates, admissionPlugins, ...head } = file;
  const parts = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  parts.push(`  "flags": ${members(flags)}`);
  parts.push(`  "featureGates": ${members(featureGates)}`);
  parts.push(
    `  "admissionPlugins": ${block(
      '[',
      admissionPlugins.map((name) => JSON.stringify(name)),
      ']',
    )}`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

function members(record: Readonly<Record<string, unknown>>): string {
  const lines = Object.keys(record)
    .sort()
    .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(record[name])}`);
  return block('{', lines, '}');
}

function block(open: string, lines: readonly string[], close: string): string {
  if (lines.length === 0) return `${open}${close}`;
  return `${open}\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ${close}`;
}
