/** `NAME = value` as cron understands it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** What cron reads of such a line (cron.h MAX_ENVSTR, env.c load_env); longer ones are cut, in bytes. */
const MOST_READ = 998;
const MOST_KEPT = 998;

const B = String.raw`[ \t\v\f\r]`;
const NAME = String.raw`(?:(["'])(?<quoted>(?:(?!\1|=).)*)\1|(?<name>(?!["'])(?:(?!${B})[^=])*))`;
const VALUE = String.raw`(?:(["'])(?<inner>(?:(?!\4).)*)\4${B}*|(?<value>(?!["'])(?!${B}).+))`;
const SETTING = new RegExp(`^${NAME}${B}*=${B}*${VALUE}$`, 's');

/**
 * The setting that a line without blanks in front is to cron; `null`: it takes the line for a job. The characters of `line` are bytes.
 * Rule: Debian's cron 3.0pl1-162, env.c load_env: name and value each in quotes or without, and a value there must be.
 */
export function environmentSetting(line: string): Setting | null {
  const groups = SETTING.exec(line.slice(0, MOST_READ))?.groups;
  if (groups === undefined) return null;
  const { quoted, name = quoted ?? '', inner, value = inner ?? '' } = groups;
  const kept = unquotedAgain(value);
  return name.length + 1 + kept.length > MOST_KEPT ? null : { name, value: kept };
}

/** The line that gives `name` the value, or `null` where cron has no way to write it. Both are bytes as characters. */
export function environmentLine({ name, value }: Setting): string | null {
  const ways = [value, `"${value}"`, `'${value}'`, `"'${value}'"`, `'"${value}"'`];
  for (const way of ways) {
    const line = `${name}=${way}`;
    const read = line.length > MOST_READ ? null : environmentSetting(line);
    if (read?.name === name && read.value === value) return line;
  }
  return null;
}

/** Cron ends a value at its last character that is no blank, and takes a pair of quotes off again that is left then. */
function unquotedAgain(value: string): string {
  const text = value.replace(/[ \t\v\f\r]+$/, '');
  const [first = ''] = text;
  const paired = openingQuote(first) !== '' && text.length >= 2 && text.endsWith(first);
  return paired ? text.slice(1, -1) : text;
}

function openingQuote(ch: string | undefined): string {
  return ch === '"' || ch === "'" ? ch : '';
}
