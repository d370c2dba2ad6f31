import { writes, type ItemChange } from '../../model/item.ts';
import type { RunHeader } from '../journal/journal.ts';
import type { RunInput } from './run-input.ts';

const SIGN: Readonly<Record<ItemChange['action'], string>> = {
  add: '+',
  change: '~',
  remove: '-',
  adopt: '=',
  move: '=',
  release: '<',
  forget: '!',
  record: '=',
};

/** What a run's journal, commits and report say about it. `startedAt` is ISO 8601. */
export function runHeader(input: RunInput, startedAt: string): RunHeader {
  const { part, set } = input;
  const { signingKey } = input.options;
  const dirty = set.dirty.length > 0 ? '+dirty' : '';
  return {
    run: input.run,
    plan: part.plan,
    file: part.file,
    workspace: set.workspace,
    host: set.host,
    operation: part.operation,
    changeSet: set.digest,
    planCommit: set.commit === null ? null : `${set.commit}${dirty}`,
    actor: set.actor,
    startedAt,
    offline: input.options.offline,
    overrides: set.overrides,
    ...(signingKey === undefined ? {} : { signingKey }),
    changes: input.changes ?? part.items.map(changeLine),
  };
}

/** `+ --audit-log-path  /etc/kubernetes/manifests/kube-apiserver.yaml`. Never a value: it may be a secret. */
function changeLine(change: ItemChange): string {
  const note = writes(change.action) ? '' : ` (${change.action})`;
  return `${SIGN[change.action]} ${change.label}${note}  ${change.path}`;
}
