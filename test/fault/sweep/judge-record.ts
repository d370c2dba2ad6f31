import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TRAILER, trailerValue } from '../../../src/git/record/commit-message.ts';
import {
  openStateRepository,
  type StateRepository,
} from '../../../src/git/record/state-repository.ts';
import type { StateLogEntry } from '../../../src/git/record/state-history.ts';
import { verifyAudit } from '../../../src/git/audit/verify-audit.ts';
import { namedHeads } from '../../../src/operations/looking-back/named-heads.ts';
import { backupsOf } from '../../../src/host/backups/backup-paths.ts';
import { readObject } from '../../../src/host/backups/object-store.ts';
import { systemClock } from '../../../src/host/clock.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import type { CommitId, HostPath, RealPath } from '../../../src/model/brand.ts';
import type { RecordedState } from '../../../src/model/recorded-state.ts';
import { stateOfFile } from '../../unit/apply/run-rig.ts';
import type { Violation } from './judge.ts';
import { HOST } from './scenario-host.ts';
import { FILES, STATE, withoutMark, type Side } from './scenario.ts';

const run = promisify(execFile);

/** The lock is free, git and the audit log are sound, and what is recorded is what is there. */
export async function judgeRecord(root: string, side: Side): Promise<Violation[]> {
  const stateDir = join(root, STATE);
  const holder = await ofdLocks(systemClock, '').holder(join(stateDir, 'lock') as RealPath);
  const violations: Violation[] = [];
  if (holder !== null) {
    violations.push({
      rule: 'the lock is free',
      detail: `${holder.command} ${String(holder.pid)}`,
    });
  }
  const state = openStateRepository({ stateDir, host: HOST, newHostId: String });
  if (!existsSync(join(stateDir, 'state.git', 'HEAD'))) {
    if (side === 'new') violations.push({ rule: 'what is there is recorded', detail: 'no record' });
    return violations;
  }
  const broken = await fsck(join(stateDir, 'state.git'));
  if (broken !== null) return [...violations, { rule: 'git fsck is clean', detail: broken }];
  const recorded = await recordedAt(state);
  return [
    ...violations,
    ...judgeCopies(root, recorded, side),
    ...(await judgeAside(stateDir, recorded)),
    ...(await judgeHistory(stateDir, recorded, side)),
  ];
}

/** What the head commit tells. */
interface Recorded {
  readonly files: RecordedState['files'];
  readonly copies: ReadonlyMap<HostPath, Uint8Array>;
  /** Newest first. */
  readonly log: readonly StateLogEntry[];
}

const known = new Map<CommitId, Recorded>();

/**
 * Read once a commit: its id is that of everything in it, and fsck has just compared every object with its id. A sweep meets
 * few commits, many times; ten git processes a point would take as long as the apply.
 */
async function recordedAt(state: StateRepository): Promise<Recorded> {
  const head = await state.head();
  const before = head === null ? undefined : known.get(head);
  if (before !== undefined) return before;
  const { files } = await state.load();
  const copies = await state.copies(FILES.map(({ path }) => path as HostPath));
  const recorded = { files, copies, log: await state.log(50) };
  if (head !== null) known.set(head, recorded);
  return recorded;
}

/** git's own words for what is damaged, or null. */
async function fsck(gitDir: string): Promise<string | null> {
  try {
    await run('git', [
      '-c',
      'safe.directory=*',
      `--git-dir=${gitDir}`,
      'fsck',
      '--full',
      '--strict',
      '--no-dangling',
    ]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function judgeCopies(root: string, { files, copies }: Recorded, side: Side): readonly Violation[] {
  const wrong: string[] = [];
  for (const { path, ...file } of FILES) {
    const recorded = files.get(path as HostPath);
    // On a fresh host the old side was never recorded.
    if (recorded === undefined) {
      if (side === 'new') wrong.push(`${path} is not recorded`);
      continue;
    }
    const live = stateOfFile(join(root, path));
    const same = recorded.state?.sha256 === live?.sha256 && recorded.state?.mode === live?.mode;
    if (!same) wrong.push(`${path} is recorded otherwise than it is`);
    const copy = copies.get(path as HostPath);
    const text = copy === undefined ? null : withoutMark(Buffer.from(copy).toString());
    const wanted = recorded.record === 'full' ? file[side] : null;
    if (text !== wanted) wrong.push(`the copy of ${path} is not what is there`);
  }
  return wrong.map((detail) => ({ rule: 'what is recorded is what is there', detail }));
}

/** Not remembered with the commit: these copies are not in git. */
async function judgeAside(stateDir: string, { files }: Recorded): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const store = backupsOf(stateDir as RealPath);
  for (const { path, record, state, original } of files.values()) {
    if (record === 'full') continue;
    for (const [what, content] of Object.entries({ verified: state, original: original.state })) {
      if (content === null) continue;
      const { is } = await readObject(store, content.sha256);
      const detail = `the ${what} content of ${path} is ${is}`;
      if (is !== 'intact')
        violations.push({ rule: 'what git does not keep is kept aside', detail });
    }
  }
  return violations;
}

async function judgeHistory(
  stateDir: string,
  { log }: Recorded,
  side: Side,
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const commits = log.map(({ trailers }) => ({
    run: trailerValue(trailers, TRAILER.run) ?? '',
    status: trailerValue(trailers, TRAILER.status) ?? '',
  }));
  const mine = commits.filter(({ run: id }) => id.endsWith('B')).map(({ status }) => status);
  const expected = side === 'new' ? ['applied'] : ['', 'reverted attempted'];
  if (!expected.includes(mine.join(' '))) {
    const detail = `${side} files, commits of the run: ${mine.join(', ') || 'none'}`;
    violations.push({ rule: 'history tells what happened', detail });
  }
  const audit = await verifyAudit(stateDir, namedHeads(log).slice(0, 1));
  if (!audit.ok) {
    const detail = audit.diagnostics.map(({ message }) => message).join('; ');
    violations.push({ rule: 'the audit chain is valid', detail });
  }
  return violations;
}
