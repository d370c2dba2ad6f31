/** Lines of git that stand beside the reason and never are it. */
const NO_REASON = [
  /^fatal: Could not read from remote repository\.$/,
  /^Please make sure you have the correct access rights$/,
  /^and the repository exists\.$/,
  /^error: failed to push some refs/,
  /^fatal: the remote end hung up unexpectedly$/,
  /^send-pack: unexpected disconnect/,
  /^hint: /,
];

/** What ssh says before the reason and explains it; or what the server adds to a refusal. */
const BEHIND_IT =
  /^(?:Load key "|Host key for .* has changed|No .* host key is known for |remote: (?!=+$)\S)/;

/**
 * Why git did not do what it was asked to, in the words of who refused. Of ssh and what it starts at the server the last line
 * counts: git itself only knows that the line is dead.
 */
export function remoteReason(stderr: string, stdout: string): string | null {
  // A refused push is told on standard output, after a line on standard error that says nothing.
  const said = linesOf(`${stderr}\n${stdout}`);
  const telling = said.filter((line) => !NO_REASON.some((pattern) => pattern.test(line)));
  const overSsh = said.includes('fatal: Could not read from remote repository.');
  const reason =
    (overSsh ? telling.at(-1) : telling.findLast((line) => SPEAKS.test(line))) ??
    said.findLast((line) => SPEAKS.test(line));
  if (reason === undefined) return null;
  if (/could not read (?:Username|Password) for /.test(reason)) return NOBODY_ASKED;
  const behind = telling.findLast((line) => line !== reason && BEHIND_IT.test(line));
  const words = (behind ?? '').replace(/^remote: /, '').replace(/\.$/, '');
  return words === '' ? inWords(reason) : `${inWords(reason)} (${words})`;
}

const SPEAKS = /fatal|error|rejected|denied/i;
const NOBODY_ASKED =
  'it asks for a user name and a password, and no credential helper of git has them';

/** A line of `--porcelain` ends with what matters; who ssh logs in as is nobody's business. */
function inWords(line: string): string {
  return (line.split('\t').at(-1) ?? line).replace(/^\S+@\S+: (?=Permission denied)/, '');
}

function linesOf(text: string): readonly string[] {
  return text.split(/[\r\n]+/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}
