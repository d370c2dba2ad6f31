import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { composeMessage, TRAILER } from '../../../src/git/record/commit-message.ts';
import { recordText } from '../../../src/git/record/serialise.ts';
import { managedName } from '../../../src/git/record/tree-layout.ts';
import type {
  HostPath,
  ItemKey,
  PlanName,
  ResourceId,
  RunId,
  Sha256,
} from '../../../src/model/brand.ts';
import type { RecordedItem } from '../../../src/model/item.ts';
import type { ManagedFile } from '../../../src/model/recorded-state.ts';
import { change, commitChange, HOST, managed, newState } from './state-samples.ts';

/** One run of a made-up history: afterwards these files have these items, with the values that they are given. */
export interface PastRun {
  readonly run: string;
  readonly plan: string;
  readonly status?: string;
  /** File → label of an item of a `file` kind (`content`, `mode`) → value. `{}`: no longer managed. Of a revert only the names count. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Writes the history of a host whose runs these are, oldest first, as runs record it; quick for thousands of them. */
export async function writeLongHistory(stateDir: string, runs: readonly PastRun[]): Promise<void> {
  const state = newState({ stateDir });
  await commitChange(state, change('/etc/first'));
  const ref = `refs/heads/setpoint/${HOST}`;
  const known = new Map<string, ManagedFile>();
  const commits = runs.map((run, i) =>
    [
      `commit ${ref}\ncommitter t <t@example.org> ${1_700_000_001 + i} +0000\n`,
      data(messageOf(run)),
      ...(i === 0 ? [`from ${ref}^0\n`] : []),
      ...Object.entries(run.files).map(([path, items]) => fileOf(path, items, run, known)),
      '\n',
    ].join(''),
  );
  execFileSync('git', [`--git-dir=${state.dir}`, 'fast-import', '--quiet', '--force'], {
    input: commits.join(''),
  });
}

function messageOf({ run, plan, status = 'applied' }: PastRun): string {
  const trailers = [
    { key: TRAILER.status, value: status },
    { key: TRAILER.run, value: run },
    { key: TRAILER.plan, value: plan },
    { key: TRAILER.actor, value: `actor of ${run}` },
  ];
  return composeMessage({ subject: `${status} ${plan}: 1 change`, lines: [], trailers });
}

function fileOf(
  path: string,
  values: Readonly<Record<string, string>>,
  { run, plan, status }: PastRun,
  known: Map<string, ManagedFile>,
): string {
  const name = managedName(path as HostPath);
  const old = known.get(path);
  const gone = status === 'reverted' ? old === undefined : Object.keys(values).length === 0;
  if (gone && status !== 'attempted') known.delete(path);
  if (gone) return `D ${name}\nD files${path}\n`;
  if (status === 'reverted' && old !== undefined) return written(old);
  const items = Object.entries(values).map(([label, value], sequence): [string, RecordedItem] => {
    const before = old?.items[label as ItemKey];
    const owner = { ...ownerOf(path), plan: plan as PlanName, resource: 'res' as ResourceId };
    const same = before?.applied === value && before.owner.plan === plan;
    const next = { owner, label, before: {}, applied: value, run: run as RunId, sequence };
    return [label, same ? before : next];
  });
  const content = contentOf(Object.fromEntries(items));
  const sha256 = createHash('sha256').update(content).digest('hex') as Sha256;
  const mode = Number.parseInt(values['mode'] ?? '600', 8);
  const file: ManagedFile = {
    ...managed(path, content),
    kind: 'file',
    state: { sha256, size: content.length, mode, uid: 0, gid: 0 },
    original: { state: null, pristine: true },
    items: Object.fromEntries(items),
  };
  if (status !== 'attempted') known.set(path, file);
  return written(file);
}

function written(file: ManagedFile): string {
  const copy = `M 644 inline files${file.path}\n${data(contentOf(file.items))}`;
  return `M 644 inline ${managedName(file.path)}\n${data(recordText(file))}${copy}`;
}

function contentOf(items: ManagedFile['items']): string {
  return `${items['content' as ItemKey]?.applied ?? ''}\n`;
}

function ownerOf(path: string): RecordedItem['owner'] {
  const [item] = Object.values(managed(path).items);
  if (item === undefined) throw new Error('the sample has an item');
  return item.owner;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
