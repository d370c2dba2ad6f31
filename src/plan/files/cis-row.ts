/** A row as plan files name it, `cis-1.12/1.2.15`; `version` null: `cis/1.2.15`. */
export interface NamedRow {
  readonly version: string | null;
  readonly row: string;
}

/** The text has the form that the schema demands. */
export function readCisRow(text: string): NamedRow {
  const slash = text.indexOf('/');
  const version = text.slice(0, slash);
  return { version: version === 'cis' ? null : version, row: text.slice(slash + 1) };
}
