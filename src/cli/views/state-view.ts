import { printable, printableLine } from '../../diagnostics/printable.ts';
import type {
  RemoteTold,
  StateExchangeResult,
  StateListResult,
  StateShowResult,
  StateVerifyResult,
} from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { stateText } from './backup-view.ts';
import { plural } from './change-counts.ts';
import { sections } from './sections.ts';
import { lostRecordLine } from './lost-record-line.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

type Copies = StateShowResult['copies'];

/** Managed files by path; the last line counts them. */
export function stateListView(
  { host, head, files, warnings }: StateListResult,
  options: ViewOptions,
): string {
  if (head === null) {
    const line = lostRecordLine(warnings, host) ?? `Nothing is recorded on ${printable(host)}.`;
    return withFlags(line, options.repeatedFlags);
  }
  const { dim } = createStyle(options.color);
  const title = ['file', 'kind', 'items', 'plans', 'last run'].map(dim);
  const rows = files.map(({ path, kind, items, owners, lastRun }) => [
    printableLine(path),
    kind,
    String(items),
    owners.map(({ plan }) => printable(plan)).join(', '),
    printable(lastRun),
  ]);
  const count = `${plural(files.length, 'managed file')} on ${printable(host)}, recorded at ${shortId(head)}.`;
  return sections([files.length === 0 ? [] : table([title, ...rows]), [count]]);
}

/** One file: how it was last verified, from where it goes back, and every item with owner and value. */
export function stateShowView(
  { file, plans, copies, aside }: StateShowResult,
  options: ViewOptions,
): string {
  const style = createStyle(options.color);
  const facts = table([
    ['  last verified', stateText(file.state)],
    ['  before', `${stateText(file.original.state)}, ${wayBack(file, aside ?? copies)}`],
    ['  last run', printable(file.lastRun)],
    ['  recorded', recordedAs(file, copies)],
  ]);
  const items = Object.values(file.items).map(({ label, applied, owner }) => [
    `  ${printableLine(label)}`,
    applied === null ? style.dim('absent') : printable(applied),
    style.dim(printable(`${owner.plan}/${owner.resource}`)),
  ]);
  const owners = plans.map(({ plan, workspace, commit, run }) => [
    `  ${printable(plan)}`,
    `workspace ${printable(workspace)}`,
    commit === null ? 'no commit' : shortId(commit),
    printable(run),
  ]);
  return sections([
    [`${style.bold(printableLine(file.path))}  ${file.kind}`, ...facts],
    items.length === 0 ? [] : ['Items', ...table(items)],
    owners.length === 0 ? [] : ['Plans', ...table(owners)],
  ]);
}

function recordedAs({ record, secret }: StateShowResult['file'], copies: Copies): string {
  const why = secret === true ? ' (looks like a secret)' : '';
  if (record !== 'full') return `${record}${why}: content is not recorded, only kept on this host`;
  return copies.verified ? 'full, with a copy' : 'full';
}

function wayBack({ original }: StateShowResult['file'], copies: Copies): string {
  if (!original.pristine) return 'someone else edited it since: items go back one by one';
  if (original.state === null) return 'gone when it is released';
  return copies.original ? 'a copy is kept' : 'no copy is kept';
}

/** What a pull, push or adopt did. */
export function stateExchangeView(result: StateExchangeResult, options: ViewOptions): string {
  const { recovered } = result;
  const line =
    recovered.length > 0
      ? `Recovered ${plural(recovered.length, 'run')} and did nothing else. Next: the same command again`
      : exchangeLine(result);
  return withFlags(line, options.repeatedFlags);
}

function exchangeLine({ did, remote, branch, head, files, pushed }: StateExchangeResult): string {
  const where = `${printable(branch)} at ${printable(remote)}`;
  const record = `${plural(files, 'managed file')} at ${head === null ? 'no commit' : shortId(head)}`;
  const next = 'Next: setpoint plan';
  switch (did) {
    case 'nothing':
      return head === null
        ? 'Nothing is recorded here.'
        : `Nothing to do: ${where} has nothing else.`;
    case 'pushed':
      return `Pushed ${plural(pushed, 'commit')} to ${where}.`;
    case 'pulled':
    case 'forwarded':
      return `Recorded now as at the remote: ${record}. ${next}`;
    case 'joined':
      return `Both histories are joined: ${record}. ${next}`;
    case 'begun':
      return `An empty record begins at ${head === null ? '-' : shortId(head)}, on top of ${where}. ${next}`;
    default:
      return did satisfies never;
  }
}

/** What was checked; problems stand on stderr with their help. */
export function stateVerifyView(result: StateVerifyResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const { head, files, remote, problems } = result;
  const record =
    head === null ? 'nothing recorded' : `${plural(files, 'managed file')} at ${shortId(head)}`;
  const signed = signedWords(result);
  const told = remote === null ? '' : `, ${relationWords(remote)} ${printable(remote.remote)}`;
  return problems.length === 0
    ? style.green(`All well: ${record}${signed}${told}.`)
    : style.red(`${plural(problems.length, 'problem')}: ${record}${signed}${told}.`);
}

/** Who signs nothing hears nothing of it. */
function signedWords({ signatures }: StateVerifyResult): string {
  if (signatures === null || signatures.signed === 0) return '';
  const { signed, unsigned, checked } = signatures;
  const commits = `${plural(signed, 'commit')} signed, ${String(unsigned)} not`;
  return checked ? `, ${commits}` : `, ${commits} (not checked: state.allowedSigners)`;
}

function relationWords({ head, relation }: NonNullable<StateVerifyResult['remote']>): string {
  switch (relation) {
    case 'same':
      return 'the same as at';
    case 'ahead':
      return 'with commits to push to';
    case null:
      return head === null ? 'nothing seen at' : 'something else at';
    case 'behind':
    case 'diverged':
    case 'unknown':
      return 'not all that is at';
    default:
      return relation satisfies never;
  }
}

/** One line of `status` about the remote. */
export function remoteLine({ remote, notPushed, blocked }: RemoteTold): string {
  const at = `remote ${printable(remote)}`;
  if (notPushed === 0) return `${at}  everything pushed`;
  const next = blocked
    ? 'it has something else: setpoint state push tells what to do'
    : 'next: setpoint state push';
  return `${at}  ${plural(notPushed, 'commit')} not pushed (${next})`;
}
