import { expect, test } from 'vitest';
import { gitCommand } from '../../../../src/git/git-command.ts';
import {
  appliedFrom,
  entryOf,
  lastApplied,
  stateLog,
} from '../../../../src/git/record/state-history.ts';
import type { CommitId, WorkspaceName } from '../../../../src/model/brand.ts';
import { plainGit } from '../scratch.ts';
import { change, commitSpec, newState } from '../state-samples.ts';

const WORKSPACE = 'fleet' as WorkspaceName;
const APPLIED = `apply a\n\nText, of ä.\n\nSetpoint-Status: applied\nSetpoint-Workspace: ${WORKSPACE}\nSetpoint-Plan-Commit: ${'c'.repeat(40)}\n`;
const SIGNATURE = '-----BEGIN SSH SIGNATURE-----\nU1N\n-----END SSH SIGNATURE-----\n';

async function recorded(message: string, signature?: string) {
  const state = newState();
  const first = await state.writeCommit(commitSpec(await state.prepare(null, change('/a'))));
  const spec = { ...commitSpec(await state.prepare(first, change('/b')), first), message };
  const head = await state.writeCommit(signature === undefined ? spec : { ...spec, signature });
  const text = plainGit(state.dir, 'cat-file', 'commit', head);
  return { git: gitCommand({ gitDir: state.dir, cwd: state.dir }), head, text };
}

test.each([
  ['a commit', APPLIED, undefined],
  ['a signed one', APPLIED, SIGNATURE],
  ['one line', 'one\n', undefined],
])('%s reads the same from its object as from the log', async (_, message, signature) => {
  const { git, head, text } = await recorded(message, signature);
  expect([entryOf(head, text)]).toEqual(await stateLog(git, head, 1));
});

test.each([
  ['applied from the workspace', APPLIED, true],
  ['held', APPLIED.replace('Status: applied', 'Status: held'), false],
  ['of another workspace', APPLIED.replace(': fleet', ': fleet2'), false],
  ['without a plan commit', APPLIED.replace('Plan-Commit', 'Plan'), false],
])('a commit that is %s is the newest one exactly when git finds it', async (_, message, is) => {
  const { git, head, text } = await recorded(message);
  const entry = entryOf(head, text);
  expect(entry !== null && appliedFrom(entry, WORKSPACE)).toBe(is);
  expect((await lastApplied(git, head, WORKSPACE))?.commit === head).toBe(is);
});

test('a commit in another encoding is left to git', () => {
  const text = `tree ${'a'.repeat(40)}\ncommitter a <b> 1 +0000\nencoding latin1\n\nx\n`;
  expect(entryOf('b'.repeat(40) as CommitId, text)).toBeNull();
});
