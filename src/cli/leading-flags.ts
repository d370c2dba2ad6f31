/** Global flags that take a value, in both spellings. */
const WITH_VALUE = new Set([
  '--root',
  '--host',
  '--chdir',
  '-C',
  '--lock-timeout',
  '--log-level',
  '--log-file',
]);
const WITHOUT_VALUE = new Set(['--json', '--no-color']);

/**
 * The argument vector with global flags that stand before the command moved behind it: oclif takes the first word for the
 * command, people write `setpoint -C dir plan` as they do with git.
 */
export function moveLeadingFlags(argv: readonly string[]): string[] {
  let at = 0;
  for (;;) {
    const word = argv[at] ?? '';
    const name = word.split('=')[0] ?? '';
    if (WITHOUT_VALUE.has(word) || (word.includes('=') && WITH_VALUE.has(name))) at += 1;
    else if (WITH_VALUE.has(word) && at + 2 <= argv.length) at += 2;
    else break;
  }
  const flags = argv.slice(0, at);
  const rest = argv.slice(at);
  if (flags.length === 0 || rest.length === 0) return [...argv];
  const end = rest.indexOf('--');
  return end === -1 ? [...rest, ...flags] : [...rest.slice(0, end), ...flags, ...rest.slice(end)];
}
