import { printable } from '../../diagnostics/printable.ts';
import type { HistoryVerifyResult } from '../../operations/results.ts';
import { plural } from './change-counts.ts';
import { shortId } from './short-text.ts';

/** What was compared, and what only the chain protects; what is wrong stands in the diagnostics. */
export function verifyHistoryView(result: HistoryVerifyResult): string {
  const { host, audit, commits, named, problems } = result;
  const compared = `${plural(commits, 'state commit')}, ${named} with a head of the audit log`;
  if (audit === null) return `${compared}.\nThe audit log of ${printable(host)} is not sound.`;
  const { records, head, bound } = audit;
  const last = head === null ? '' : `, the last ${shortId(head)}`;
  const newer = records - bound;
  const unbound = newer === 0 ? [] : [`Newer than every commit: ${plural(newer, 'record')}.`];
  const others = problems.some(({ code }) => code === 'SP5051')
    ? ', but for those of another copy of the state directory'
    : '';
  return [
    `${plural(records, 'record')}${last}; ${compared}.`,
    ...unbound,
    `The audit log of ${printable(host)} is unbroken and has all that the commits name${others}.`,
  ].join('\n');
}
