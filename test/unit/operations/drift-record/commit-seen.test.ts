import { existsSync, mkdirSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { SetpointError } from '../../../../src/diagnostics/setpoint-error.ts';
import { auditFile } from '../../../../src/git/audit/audit-log.ts';
import type { CommitId, HostPath } from '../../../../src/model/brand.ts';
import { EXIT } from '../../../../src/model/outcome.ts';
import type { StateCommitSpec } from '../../../../src/model/state-change.ts';
import { commitSeen } from '../../../../src/operations/drift-record/commit-seen.ts';
import type { SeenState } from '../../../../src/plan/recording/seen-state.ts';
import { libraryHost, refusal } from '../library-session.ts';
import type { LibraryHost } from '../library-session.ts';

const HEAD = '1'.repeat(40) as CommitId;
const SEEN: SeenState = {
  change: { files: [], plans: [] },
  edited: ['/etc/app/app.conf' as HostPath],
  unobserved: [],
  again: [],
  seen: [],
  dropped: [],
  leftOut: [],
};

type Record = Parameters<typeof commitSeen>[1];

let here: LibraryHost;
let written: StateCommitSpec[];
let steps: string[];
beforeEach(async () => {
  here = await libraryHost();
  mkdirSync(here.session.host.stateDir, { recursive: true });
  written = [];
  steps = [];
});

function record(keys: readonly string[]): Record {
  return {
    prepare: async () => {
      steps.push('prepare');
      return 'tree';
    },
    sign: async (spec, key) => {
      if (keys.includes(key)) return { ...spec, signature: `by ${key}` };
      throw new SetpointError(EXIT.refused, [
        { code: 'SP5095', severity: 'error', message: `no ${key}` },
      ]);
    },
    writeCommit: async (spec) => {
      written.push(spec);
      return '2'.repeat(40) as CommitId;
    },
    advance: async (to, from) => {
      steps.push(`${from ?? ''} to ${to}`);
    },
  };
}

function commit(signingKey: string | null, seen = SEEN): Promise<CommitId | null> {
  return commitSeen(here.session, record(['key']), { head: HEAD, signingKey }, seen);
}

it('what is seen is recorded with a signature where the workspace names a key', async () => {
  await commit('key');
  expect(written).toMatchObject([{ tree: 'tree', parent: HEAD, signature: 'by key' }]);
});

it('what is seen is recorded without a signature where no key is named', async () => {
  await commit(null);
  expect(written).toHaveLength(1);
  expect(written[0]?.signature).toBeUndefined();
});

it('a key that cannot be used refuses before anything is written, the audit log too', async () => {
  const { exitCode, diagnostics } = await refusal(commit('gone'));
  expect([exitCode, diagnostics[0]?.code]).toEqual([EXIT.refused, 'SP5095']);
  expect([written, steps]).toEqual([[], []]);
  expect(existsSync(auditFile(here.session.host.stateDir))).toBe(false);
});

it('a key that cannot be used is not missed where there is nothing to record', async () => {
  expect(await commit('gone', { ...SEEN, edited: [] })).toBeNull();
});
