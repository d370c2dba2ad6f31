/**
 * Elements of one occurrence of a list flag: one record of encoding/csv, with its quotes; null when pflag refuses it.
 * Source: spf13/pflag string_slice.go (readAsCSV).
 */
export function parseGoList(text: string): readonly string[] | null {
  if (text === '') return [];
  const elements: string[] = [];
  let rest = text;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(rest);
    const plain = quoted === null ? /^[^",]*(?=,|$)/.exec(rest) : null;
    const whole = (quoted ?? plain)?.[0];
    if (whole === undefined) return null;
    elements.push(quoted === null ? whole : (quoted[1] ?? '').replaceAll('""', '"'));
    if (rest.length === whole.length) return elements;
    rest = rest.slice(whole.length + 1);
  }
}

/**
 * Entries of one occurrence of a map flag; null when a part is none. Blanks do not count, and of equal keys the last one does. Quotes
 * belong to the text, where they are nobody's key: null, too. Source: component-base cli/flag map_string_*.go (Set).
 */
export function parseGoMap(text: string): ReadonlyMap<string, string> | null {
  const parts = text.split(',').filter((part) => part !== '');
  if (text.includes('"') || parts.some((part) => !part.includes('='))) return null;
  return new Map(
    parts.map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    }),
  );
}

/**
 * Entries of one occurrence of a flag of type stringToString, whose keys and values may hold commas: with one equals sign the whole text
 * is one entry, with several it is one record of encoding/csv, so an entry with a comma stands in double quotes. `null`: pflag refuses
 * it. Source: spf13/pflag string_to_string.go (Set).
 */
export function parseStringToString(text: string): ReadonlyMap<string, string> | null {
  const signs = text.split('=').length - 1;
  const parts = signs === 1 ? [text.replaceAll(/^"+|"+$/g, '')] : parseGoList(text);
  if (signs === 0 || parts === null || parts.some((part) => !part.includes('='))) return null;
  return new Map(
    parts.map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1)];
    }),
  );
}
