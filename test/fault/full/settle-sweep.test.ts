/** SIGKILL before every system call that changes a name while a person's choice is carried out, then recovery. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { needsPerson } from '../../../src/apply/journal/for-person.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { openRig, type RunRig } from '../../unit/apply/run-rig.ts';
import { buildScript } from '../build-script.ts';
import { newRoot, removeRoot } from '../faulty-apply.ts';
import { runSettling } from '../run-settling.ts';
import { straceMissing } from '../sweep/strace-missing.ts';
import { CREATED, WATCHED } from '../two-files.ts';

const missing = straceMissing();
let built: ReturnType<typeof buildScript>;
beforeAll(() => {
  built = buildScript('settle-two-files');
});
afterAll(() => rmSync(built.directory, { recursive: true }));

const STUCK = ['theirs\n', 'new b\n'];
const WANTED = {
  'take-old': ['old a\n', null],
  'take-new': ['new a\n', 'new b\n'],
  'keep-live': STUCK,
} as const;
type Choice = keyof typeof WANTED;

const picture = (rig: RunRig): unknown => [rig.read(WATCHED), rig.read(CREATED)];

/** After a kill and one recovery: all as chosen and closed, or nothing written and still waiting for a person. Gives which. */
async function expectConverged(root: string, choice: Choice): Promise<'settled' | 'waiting'> {
  const rig = await openRig(root);
  try {
    await recoverRuns(rig.context);
    const waiting = openJournals(rig.host);
    if (waiting.length > 0) {
      expect(waiting.every(needsPerson)).toBe(true);
      expect(picture(rig)).toEqual(STUCK);
      return 'waiting';
    }
    expect(picture(rig)).toEqual(WANTED[choice]);
    const left = readdirSync(rig.real('/etc/app')).filter((name) => name.startsWith('.setpoint'));
    expect(left).toEqual([]);
    expect(keptBytes(rig)).toContain('theirs\n');
    expect(await rig.state.verify()).toEqual([]);
    const commits = await rig.state.log(9);
    expect(commits.length).toBe(choice === 'take-old' ? 2 : 1);
    return 'settled';
  } finally {
    rig.close();
  }
}

function keptBytes({ host }: RunRig): readonly string[] {
  const runs = join(host.stateDir, 'runs');
  return readdirSync(runs).flatMap((run) => {
    const foreign = join(runs, run, 'foreign');
    return readdirSync(foreign).map((name) => readFileSync(join(foreign, name), 'utf8'));
  });
}

/** Kills before call 1, 2, … until the command gets through; what was found after each. */
async function sweep(choice: Choice, call: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let n = 1; ; n += 1) {
    const root = newRoot();
    try {
      runSettling(built.script, root, 'stuck', null);
      const kill = `${call}:signal=SIGKILL:when=${String(n)}`;
      const { killed } = runSettling(built.script, root, choice, kill);
      const ended = await expectConverged(root, choice);
      found.push(ended);
      if (!killed) return found;
    } finally {
      removeRoot(root);
    }
  }
}

/** Lets rename 1, 2, … fail once, until none is left to fail; then the same choice again. */
async function failEach(choice: Choice): Promise<number> {
  for (let n = 1; ; n += 1) {
    const root = newRoot();
    try {
      runSettling(built.script, root, 'stuck', null);
      const fault = `rename:error=ENOSPC:when=${String(n)}`;
      const { stdout } = runSettling(built.script, root, choice, fault);
      const ended = await expectConverged(root, choice);
      if (ended === 'settled' && stdout.includes('false]')) return n;
      runSettling(built.script, root, choice, null);
      expect(await expectConverged(root, choice)).toBe('settled');
    } finally {
      removeRoot(root);
    }
  }
}

describe.skipIf(missing !== null)(
  `a choice that is cut off${missing === null ? '' : ` (${missing})`}`,
  () => {
    test('take-old on a disk that is full for one write: nothing, or all of it', async () => {
      expect(await failEach('take-old')).toBeGreaterThan(1);
    });

    test.each([
      ['take-old', 'rename'],
      ['take-old', 'link'],
      ['take-old', 'unlink'],
      ['take-new', 'rename'],
      ['keep-live', 'rename'],
    ] as const)('%s: before every %s', async (choice, call) => {
      const found = await sweep(choice, call);
      // Once begun it is always carried out: after the journalled choice no kill leaves a person to choose again.
      expect(found.join(' ')).toMatch(/^(waiting )*(settled ?)+$/);
    });
  },
);
