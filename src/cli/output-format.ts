/** What goes to stdout: text for people, one JSON envelope, or a line of JSON per event. */
export type OutputFormat = 'text' | 'json' | 'json-stream';

/** The format that an argument vector asks for; read from the words, because it must be known when parsing fails too. */
export function outputFormat(argv: readonly string[]): OutputFormat {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  if (flags.includes('--json-stream')) return 'json-stream';
  const formats = flags.flatMap((flag, at) => (flag === '--format' ? (flags[at + 1] ?? []) : []));
  const json = formats.includes('json') || flags.includes('--format=json');
  return json || flags.includes('--json') ? 'json' : 'text';
}
