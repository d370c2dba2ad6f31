/** A block mapping that is open: its keys stand in one column. */
interface Mapping {
  readonly column: number;
  isSecret: boolean;
  hasData: boolean;
  /** Its last key is `data` without a value so far: what follows farther to the right is in it. */
  awaitsData: boolean;
}

const KIND = /^["']?kind["']?[ \t]*:[ \t]+["']?Secret["']?[ \t]*(?:#.*)?$/;
const DATA = /^["']?(?:data|stringData)["']?[ \t]*:(?:[ \t]+(.*))?$/;
const EMPTY = /^(?:\{[ \t]*\}|null|~)[ \t]*(?:#.*)?$/;

/**
 * Whether a block mapping of a YAML text says `kind: Secret` and has `data` or `stringData` with something in it. Read line by line
 * and by columns, in one pass: the text may hold other things, too, and need not be YAML.
 */
export function isSecretInYaml(text: string): boolean {
  let open: Mapping[] = [];
  for (const line of text.split(/\r?\n/)) {
    const prefix = /^[ \t]*(?:-[ \t]+)*/.exec(line)?.[0] ?? '';
    const column = prefix.length;
    if (column === line.length || line[column] === '#') continue;
    if (/^(?:---|\.\.\.)/.test(line)) {
      open = [];
      continue;
    }
    const dash = prefix.indexOf('-');
    const mapping = mappingOf(open, dash === -1 ? column : dash, column);
    read(line.slice(column).trimEnd(), mapping);
    if (open.some(isFilledSecret)) return true;
  }
  return false;
}

/** Closes what ends before this line, which begins at `from` and has its key at `column`. */
function mappingOf(open: Mapping[], from: number, column: number): Mapping {
  while ((open.at(-1)?.column ?? -1) > from) open.pop();
  const outer = open.at(-1);
  if (outer?.awaitsData === true) {
    outer.hasData ||= from > outer.column;
    outer.awaitsData = false;
  }
  if (outer?.column === column) return outer;
  const mapping = { column, isSecret: false, hasData: false, awaitsData: false };
  open.push(mapping);
  return mapping;
}

function read(key: string, mapping: Mapping): void {
  if (KIND.test(key)) mapping.isSecret = true;
  const data = DATA.exec(key);
  if (data === null) return;
  const value = data[1] ?? '';
  if (value === '' || value.startsWith('#')) mapping.awaitsData = true;
  else mapping.hasData ||= !EMPTY.test(value);
}

function isFilledSecret({ isSecret, hasData }: Mapping): boolean {
  return isSecret && hasData;
}
