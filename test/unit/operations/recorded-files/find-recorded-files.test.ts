import { beforeEach, expect, test } from 'vitest';
import type { StateRepository } from '../../../../src/git/record/state-repository.ts';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { PlanPart } from '../../../../src/model/change-set.ts';
import type { ResolvedPlan, WorkspaceFile } from '../../../../src/model/plan-file.ts';
import {
  findRecordedFiles,
  type FilesQuestion,
} from '../../../../src/operations/recorded-files/find-recorded-files.ts';
import { neededAsRecorded } from '../../../../src/operations/recorded-files/guard-recorded-files.ts';
import { libraryHost, refusal, type LibraryHost } from '../library-session.ts';

const RUNS = '/var/lib/setpoint/runs';
const WANTED = fileOf('gate.sh', 'recorded');

function fileOf(path: string, text: string): WorkspaceFile {
  return { path: path as WorkspacePath, sha256: sha256(Buffer.from(text)), executable: true };
}

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
});

/** A question to a recorded state without copies, as an earlier version left it, and a workspace that has `text`. */
function question(text: string): FilesQuestion {
  const state = { workspaceFiles: () => Promise.resolve(new Map()) } as unknown as StateRepository;
  return {
    wanted: [WANTED],
    records: [],
    state,
    readSource: () => ({ bytes: Buffer.from(text), executable: true }),
  };
}

test('what neither the recorded state nor the workspace has is taken from the folder of a run that has it', async () => {
  host.write(`${RUNS}/01JZ8Y2M3N4P5Q6R7S8T9V0W1X/workspace/gate.sh`, 'recorded');
  host.write(`${RUNS}/01JZ8Y2M3N4P5Q6R7S8T9V0W1Y/workspace/gate.sh`, 'newer');
  const { contents, missing } = await findRecordedFiles(host.session, question('other'));
  expect(String(contents.get(WANTED.sha256))).toBe('recorded');
  expect(missing).toEqual([]);
});

test('folders of runs that cannot be read stop only who needs them: a copy may be there', async () => {
  host.write(RUNS, 'not a directory');
  const { contents } = await findRecordedFiles(host.session, question('recorded'));
  expect([...contents.keys()]).toEqual([WANTED.sha256]);
  const error = await refusal(findRecordedFiles(host.session, question('other')));
  expect(error.message).toContain('var/lib/setpoint/runs');
});

test('nothing is read for a change set that needs nothing as it was recorded', async () => {
  const state = {
    workspaceFiles: () => Promise.reject(new Error('it was read')),
  } as unknown as StateRepository;
  host.write(RUNS, 'not a directory');
  const nothing = { ...question('other'), wanted: [], state };
  const { contents, missing } = await findRecordedFiles(host.session, nothing);
  expect([contents.size, missing]).toEqual([0, []]);
});

test('a file is needed as recorded when its plan has none of that path and content, whatever object tells it', () => {
  const own = [fileOf('gate.sh', 'now'), fileOf('same.sh', 'same')];
  const files = [fileOf('gate.sh', 'recorded'), fileOf('same.sh', 'same')];
  const parts = [{ plan: 'app', workspaceFiles: files }] as unknown as PlanPart[];
  const plans = [{ name: 'app', workspaceFiles: own }] as unknown as ResolvedPlan[];
  expect(neededAsRecorded(parts, plans)).toEqual([WANTED]);
  expect(neededAsRecorded(parts, [])).toEqual(files);
});
