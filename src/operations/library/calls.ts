/** The operations as programs call them: what callers without types can get wrong is a SetpointError, too. */
import * as apply from '../apply-changes.ts';
import * as prune from '../backups/prune-backups.ts';
import * as backups from '../backups/read-backups.ts';
import * as restore from '../backups/restore-backup.ts';
import * as blamed from '../blame.ts';
import * as drift from '../detect-drift.ts';
import * as session from '../open-session.ts';
import * as plan from '../plan-changes.ts';
import * as changeSet from '../read-change-set.ts';
import * as documentRead from '../read-document.ts';
import * as history from '../read-history.ts';
import * as run from '../read-run.ts';
import * as verify from '../verify-history.ts';
import * as locks from '../read-locks.ts';
import * as status from '../read-status.ts';
import * as recover from '../recover-runs.ts';
import * as flags from '../set-manifest-flags.ts';
import * as transactions from '../transaction.ts';
import * as documentUpdate from '../update-document.ts';
import * as update from '../update-file.ts';
import * as validate from '../validate-workspace.ts';
import * as documentWrite from '../write-document.ts';
import { checkArguments, type Shapes } from './check-arguments.ts';

const SESSION = {
  host: 'object',
  hostName: 'text',
  options: 'object',
  workspaceAt: 'object?',
  from: 'object?',
} as const;
const RUN = { listener: 'function', signal: 'object' } as const;
const GATES = { allowUnhealthy: 'truth', offline: 'truth', guardian: 'truth' } as const;

export const openSession = checked('openSession', session.openSession, {
  options: {
    root: 'text?',
    host: 'text?',
    cwd: 'text or null',
    env: 'object',
    actor: 'text',
    lockTimeout: 'count?',
  },
});
export const validateWorkspace = checked('validateWorkspace', validate.validateWorkspace, {
  session: SESSION,
  options: { vars: 'object' },
});
export const planChanges = checked('planChanges', plan.planChanges, {
  session: SESSION,
  options: { plans: 'texts', vars: 'object', acknowledged: 'texts?', out: 'text or null' },
});
export const applyChanges = checked('applyChanges', apply.applyChanges, {
  session: SESSION,
  options: {
    source: 'source',
    approve: 'function',
    allowDirty: 'truth',
    allowDiverged: 'text or null',
    retryHeld: 'text or null',
    overrideWindow: 'text?',
    waitWindow: 'count?',
    newHost: 'truth?',
    confirmWithin: 'count?',
    offerHandOver: 'function?',
    ...GATES,
    ...RUN,
  },
});
export const recoverRuns = checked('recoverRuns', recover.recoverRuns, {
  session: SESSION,
  request: { runs: 'texts', choice: 'choice or null', dryRun: 'truth', listener: 'function' },
});
export const restoreBackup = checked('restoreBackup', restore.restoreBackup, {
  session: SESSION,
  options: {
    run: 'text',
    paths: 'texts',
    acknowledged: 'texts?',
    approve: 'function',
    ...GATES,
    ...RUN,
  },
});
export const pruneBackups = checked('pruneBackups', prune.pruneBackups, {
  session: SESSION,
  options: { dryRun: 'truth' },
});
export const listBackups = checkedAtOnce('listBackups', backups.listBackups, {
  session: SESSION,
  path: 'text or null',
});
export const showBackup = checked('showBackup', backups.showBackup, {
  session: SESSION,
  options: { run: 'text', path: 'text or null', diff: 'truth' },
});
export const verifyBackups = checked('verifyBackups', backups.verifyBackups, { session: SESSION });
export const readChangeSet = checkedAtOnce('readChangeSet', changeSet.readChangeSet, {
  text: 'text',
  name: 'text',
});
export const readHistory = checked('readHistory', history.readHistory, {
  session: SESSION,
  limit: 'count',
  'only?': 'filter',
});
export const readRun = checked('readRun', run.readRun, { session: SESSION, run: 'text' });
export const verifyHistory = checked('verifyHistory', verify.verifyHistory, { session: SESSION });
export const blame = checked('blame', blamed.blame, { session: SESSION, address: 'text' });
export const detectDrift = checked('detectDrift', drift.detectDrift, {
  session: SESSION,
  options: { vars: 'object' },
});
export const readLocks = checked('readLocks', locks.readLocks, { session: SESSION });
export const readStatus = checked('readStatus', status.readStatus, {
  session: SESSION,
  'options?': { vars: 'object?' },
});
export const transaction = checked('transaction', transactions.transaction, {
  session: SESSION,
  changes: 'list',
});
export const updateFile = checked('updateFile', update.updateFile, {
  session: SESSION,
  path: 'text',
  edit: 'function',
});
export const readDocument = checked('readDocument', documentRead.readDocument, {
  session: SESSION,
  path: 'text',
});
export const writeDocument = checked('writeDocument', documentWrite.writeDocument, {
  session: SESSION,
  path: 'text',
  data: 'data',
  options: { ifVersion: 'text', schema: 'schema?' },
});
export const updateDocument = checked('updateDocument', documentUpdate.updateDocument, {
  session: SESSION,
  path: 'text',
  change: 'function',
  'options?': { schema: 'schema?' },
});
export const setManifestFlags = checked('setManifestFlags', flags.setManifestFlags, {
  session: SESSION,
  path: 'text',
  flags: 'object',
  'options?': { container: 'text?', catalogue: 'catalogue?' },
});

/** `operation` behind a look at its arguments, which are named in their order. */
function checked<A extends readonly unknown[], R>(
  name: string,
  operation: (...given: A) => Promise<R>,
  shapes: Shapes,
): (...given: A) => Promise<R> {
  const atOnce = checkedAtOnce(name, operation, shapes);
  return async (...given) => atOnce(...given);
}

function checkedAtOnce<A extends readonly unknown[], R>(
  name: string,
  operation: (...given: A) => R,
  shapes: Shapes,
): (...given: A) => R {
  return (...given) => {
    const values = Object.fromEntries(Object.keys(shapes).map((key, i) => [key, given[i]]));
    checkArguments(name, values, shapes);
    return operation(...given);
  };
}
