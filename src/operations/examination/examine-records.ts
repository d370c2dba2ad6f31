import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { openJournals } from '../../apply/journal/journal-file.ts';
import { openWorkspaceRepository } from '../../git/workspace-repository.ts';
import { openState } from '../open-state.ts';
import { runLockFile } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { auditLog } from './examine-audit.ts';
import { wordsOf } from './examine-host.ts';
import { bootUnitFinding } from './examine-boot-units.ts';
import { stagedFiles } from './examine-stage.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

/** What setpoint keeps on this host, and the workspace it stands in. Each failure is a finding, never an exception. */
export async function examineRecords(session: Session): Promise<readonly Finding[]> {
  const examinations: readonly [string, (session: Session) => Promise<Finding>][] = [
    ['recorded state', recordedState],
    ['audit log', auditLog],
    ['open runs', openRuns],
    ['staged files', stagedFiles],
    ['lock', runLock],
    ['boot units', bootUnitFinding],
    ['workspace', workspace],
  ];
  return Promise.all(
    examinations.map(async ([name, examine]) =>
      examine(session).catch((error: unknown) => broken(name, wordsOf(error), helpOf(error))),
    ),
  );
}

function helpOf(error: unknown): string {
  const help = error instanceof SetpointError ? error.diagnostics[0]?.help : undefined;
  return help ?? 'see the message';
}

async function recordedState(session: Session): Promise<Finding> {
  const state = openState(session);
  const damage = await state.verify();
  if (damage.length > 0) {
    return broken('recorded state', damage.map((d) => d.message).join('; '), damage[0]?.help ?? '');
  }
  const { head, files } = await state.load();
  if (head === null) return fine('recorded state', 'nothing recorded yet');
  return fine('recorded state', `${files.size} managed files at ${head.slice(0, 12)}`);
}

async function openRuns(session: Session): Promise<Finding> {
  const journals = openJournals(session.host.stateDir);
  if (journals.length === 0) return fine('open runs', 'none');
  const names = journals.map((journal) => journal.header.run).join(', ');
  return broken('open runs', `not settled: ${names}`, 'setpoint recover');
}

async function runLock(session: Session): Promise<Finding> {
  const holder = await session.host.locks.holder(runLockFile(session));
  if (holder === null) return fine('lock', 'free');
  return doubtful(
    'lock',
    `held by pid ${holder.pid} (${holder.command}) since ${holder.since}`,
    'wait for it to end',
  );
}

async function workspace(session: Session): Promise<Finding> {
  const dir = await findWorkspace(session.options.cwd).catch(() => null);
  if (dir === null)
    return doubtful(
      'workspace',
      'none here',
      'run in a directory with setpoint.yaml, or use -C DIR',
    );
  const repository = await openWorkspaceRepository(dir, session.options.env);
  const head = repository?.head ?? null;
  if (repository === null || head === null) {
    return doubtful(
      'workspace',
      `${dir} has no git commit: apply will refuse`,
      'git init && git add -A && git commit',
    );
  }
  if (await repository.isShallow()) {
    return doubtful('workspace', `${dir} is a shallow clone`, 'git fetch --unshallow');
  }
  return fine('workspace', `${dir} at ${head.slice(0, 12)}`);
}
