import { describe, expect, it } from 'vitest';

import type {
  CommitRelation,
  WorkspaceRepository,
} from '../../../src/git/workspace/workspace-repository.ts';
import type {
  CommitId,
  HostName,
  PlanName,
  WorkspaceName,
  WorkspacePath,
} from '../../../src/model/brand.ts';
import { digestOf } from '../../../src/model/canonical-json.ts';
import type { PlanRecord } from '../../../src/model/recorded-state.ts';
import { findGonePlans } from '../../../src/operations/planning/gone-plans.ts';

const HEAD = 'bbbb' as CommitId;
const WORKSPACE = 'prod' as WorkspaceName;
const FILE = 'plans/old.yaml' as WorkspacePath;

const RECORD: PlanRecord = {
  formatVersion: 1,
  workspace: WORKSPACE,
  plan: 'old' as PlanName,
  file: FILE,
  commit: 'aaaa' as CommitId,
  dirty: false,
  inputDigest: digestOf({}),
  run: 'run' as PlanRecord['run'],
  gates: { files: {}, plan: [] },
  workspaceFiles: [],
  hold: null,
};

interface Case {
  readonly record?: Partial<PlanRecord>;
  readonly relation?: CommitRelation;
  readonly wasThere?: boolean;
  /** Plan files of HEAD that this checkout lacks. */
  readonly unseen?: readonly string[];
  readonly elsewhere?: boolean;
  readonly git?: boolean;
}

async function gone(given: Case) {
  const repository = {
    filesAt: () => Promise.resolve((given.unseen ?? []) as WorkspacePath[]),
    relation: () => Promise.resolve(given.relation ?? 'ancestor'),
    existsAt: () => Promise.resolve(given.wasThere ?? true),
  } as unknown as WorkspaceRepository;
  const found = await findGonePlans({
    recorded: {
      host: 'cp-1' as HostName,
      hostId: 'id',
      head: null,
      files: new Map(),
      plans: [{ ...RECORD, ...given.record }],
    },
    workspace: WORKSPACE,
    present: new Set(),
    elsewhere: new Set(given.elsewhere === true ? [RECORD.plan] : []),
    planFiles: [],
    repository: given.git === false ? null : repository,
    head: given.git === false ? null : HEAD,
  });
  return { released: found.released.length, said: found.warnings.map((d) => d.message).join() };
}

describe('a recorded plan that is missing here', () => {
  it('is released when this complete checkout descends from a commit that had it', async () => {
    expect(await gone({})).toEqual({ released: 1, said: '' });
  });

  it('is released when the workspace declares it for other hosts now', async () => {
    expect(await gone({ elsewhere: true, git: false })).toEqual({ released: 1, said: '' });
  });

  it.each<[string, Case, RegExp]>([
    [
      'in a sparse or half-edited checkout',
      { unseen: ['plans/old.yaml'] },
      /lacks plans\/old\.yaml/,
    ],
    [
      'when another plan file is not seen either',
      { unseen: ['plans/x.yaml'] },
      /lacks plans\/x\.yaml/,
    ],
    ['in a shallow clone', { relation: 'unknown' }, /fetch the history/],
    ['on another branch', { relation: 'diverged' }, /not an ancestor/],
    ['when its file was never committed', { wasThere: false }, /never committed/],
    ['when it was applied without a commit', { record: { commit: null } }, /without a commit/],
    ['outside git', { git: false }, /no git history/],
  ])('is left alone %s, and that is said', async (_title, given, words) => {
    const { released, said } = await gone(given);
    expect(released).toBe(0);
    expect(said).toMatch(words);
  });

  it('is none of our business when another workspace recorded it', async () => {
    const record = { workspace: 'other' as WorkspaceName };
    expect(await gone({ record })).toEqual({ released: 0, said: '' });
  });
});
