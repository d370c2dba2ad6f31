import { saysWaiting } from '../../apply/run/confirm-run.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { openWorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import { requireMirrorPlace } from '../backups/update-mirror.ts';
import { openState } from '../open-state.ts';
import { readOpenRuns } from '../running/open-runs.ts';
import { runLockFile } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { lostOriginals } from '../state/lost-originals.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';
import { auditLog } from './examine-audit.ts';
import { wordsOf } from './examine-host.ts';
import { bootUnitFinding } from './examine-boot-units.ts';
import { mirrorFinding } from './examine-mirror.ts';
import { remoteFinding } from './examine-remote.ts';
import { stagedFiles } from './examine-stage.ts';
import type { Finding } from './finding.ts';
import { broken, doubtful, fine } from './finding.ts';

/** What setpoint keeps on this host, and the workspace it stands in. Each failure is a finding, never an exception. */
export async function examineRecords(session: Session): Promise<readonly Finding[]> {
  const examinations: readonly [string, (session: Session) => Promise<Finding>][] = [
    ['recorded state', recordedState],
    ['remote', remoteFinding],
    ['mirror', mirrorFinding],
    ['audit log', auditLog],
    ['open runs', openRuns],
    ['staged files', stagedFiles],
    ['lock', runLock],
    ['boot units', bootUnitFinding],
    ['workspace', workspace],
  ];
  return Promise.all(
    examinations.map(async ([name, examine]) =>
      examine(session).catch((error: unknown) =>
        broken(name, wordsOf(error), helpOf(error, openState(session).dir)),
      ),
    ),
  );
}

function helpOf(error: unknown, repository: string): string {
  const problem = error instanceof SetpointError ? error.diagnostics[0] : undefined;
  // Whoever meets a failed git elsewhere is sent to this command.
  if (problem?.code === 'SP5002') {
    return `git --git-dir=${quoteWord(repository)} fsck names what is damaged; put ${repository} back from a backup of the state directory`;
  }
  return problem?.help ?? 'see the message';
}

async function recordedState(session: Session): Promise<Finding> {
  const state = openState(session);
  const damage = await state.verify();
  if (damage.length > 0) {
    return broken('recorded state', damage.map((d) => d.message).join('; '), damage[0]?.help ?? '');
  }
  const recorded = await state.load();
  const { head, files } = recorded;
  const [lost] = await lostOriginals(session, recorded);
  if (lost !== undefined) return broken('recorded state', lost.message, lost.help ?? '');
  if (head === null) return fine('recorded state', 'nothing recorded yet');
  return fine('recorded state', `${files.size} managed files at ${head.slice(0, 12)}`);
}

async function openRuns(session: Session): Promise<Finding> {
  const { holder, openRuns: open } = await readOpenRuns(session);
  const names = (runs: typeof open): string => runs.map(({ run }) => run).join(', ');
  const stuck = open.filter(({ state }) => state === 'revert-failed');
  if (stuck.length > 0) {
    return broken('open runs', `need a person: ${names(stuck)}`, 'setpoint recover --dry-run');
  }
  if (open.length === 0) return fine('open runs', 'none');
  const waits = open.find(({ confirm }) => confirm !== undefined)?.run;
  if (holder !== null) {
    return waits === undefined
      ? doubtful('open runs', `at work: ${names(open)}`, 'wait for it to end')
      : doubtful('open runs', `wait to be confirmed: ${names(open)}`, `setpoint confirm ${waits}`);
  }
  const help = waits === undefined ? 'setpoint recover' : `setpoint status; setpoint recover`;
  return broken('open runs', `not settled, and nobody works on it: ${names(open)}`, help);
}

async function runLock(session: Session): Promise<Finding> {
  const holder = await session.host.locks.holder(runLockFile(session));
  if (holder === null) return fine('lock', 'free');
  if (holder.pid === 0) {
    return doubtful('lock', 'held by a process that is not known here', 'setpoint locks, as root');
  }
  return doubtful(
    'lock',
    `held by pid ${holder.pid} (${holder.command}) since ${holder.since}`,
    saysWaiting(holder.command)
      ? 'setpoint confirm (keeps the run), or setpoint confirm --reject'
      : 'wait for it to end',
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
  await requireMirrorPlace(session, (await loadWorkspaceConfig(dir)).backups.mirror);
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
