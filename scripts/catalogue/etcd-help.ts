/** Reads `etcd --help` of 3.4: sections with a title, in them `  --name 'default'` and lines of description. */

export interface HelpFlag {
  readonly name: string;
  readonly default: string;
  /** The section says so: some help texts speak of deprecated values, not flags. */
  readonly deprecated: boolean;
}

const SECTION = /^[A-Za-z].*:$/;
const FLAG = /^ {2}--([a-z0-9-]+) (?:'(.*)'|(\S+))$/;

/** Without the usage lines above the first section. */
export function parseEtcdHelp(text: string): readonly HelpFlag[] {
  const flags: HelpFlag[] = [];
  let section: string | null = null;
  for (const line of text.split('\n')) {
    if (SECTION.test(line)) section = line === 'Usage:' ? null : line;
    const [, name, quoted, bare] = FLAG.exec(line) ?? [];
    if (section === null || name === undefined) continue;
    const deprecated = /to be deprecated/i.test(section);
    flags.push({ name, default: defaultText(quoted ?? bare ?? ''), deprecated });
  }
  return flags;
}

/** The help names the constant of Go's standard library. */
function defaultText(text: string): string {
  return text === 'math.MaxUint32' ? String(2 ** 32 - 1) : text;
}
