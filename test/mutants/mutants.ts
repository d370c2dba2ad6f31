/** One deliberate fault each, with the tests that must see it. `find` occurs exactly once in its file. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'installs over a file that someone else changed',
    file: 'src/apply/files/install.ts',
    find: "if (where === 'foreign' || !isOldInode(live, file)) {",
    replace: 'if (file.path.length === 0) {',
    tests: 'test/unit/apply',
  },
  {
    name: 'restores over a file that someone else changed',
    file: 'src/apply/files/restore-plan.ts',
    find: "if (where === 'foreign') {",
    replace: "if (where === 'foreign' && file.path.length === 0) {",
    tests: 'test/unit/apply',
  },
  {
    name: 'the second decision wins',
    file: 'src/apply/journal/decision.ts',
    find: 'return created ? wanted : (readDecision(file) ?? wanted);',
    replace: 'return wanted;',
    tests: 'test/unit/apply',
  },
  {
    name: 'recovery without a decision keeps the new files',
    file: 'src/apply/machine/resume-state.ts',
    find: "return { at: 'turning', reason: hold ? UNCONFIRMED : gone, hold };",
    replace: "return { at: 'kept' };",
    tests: 'test/unit/apply',
  },
  {
    name: 'the old process passes the restart proof',
    file: 'src/checks/process.ts',
    find: 'replaces === undefined || !this.#baseline.has(processIdentity(p))',
    replace: 'replaces === undefined || p.pid > 0',
    tests: 'test/unit/checks',
  },
  {
    name: 'a revert is verified although a gate got worse',
    file: 'src/checks/compare-verdicts.ts',
    find: '): boolean {',
    replace: '): boolean {\n  if (before.length + revert.length > 0) return true;',
    tests: 'test/unit/checks test/unit/apply',
  },
  {
    name: 'an older checkout may apply',
    file: 'src/operations/planning/commit-guard.ts',
    find: "if (relation === 'same' || relation === 'ancestor') continue;",
    replace: "if (relation !== 'unknown') continue;",
    tests: 'test/scenario/git-table.long.test.ts',
  },
  {
    name: 'a partial checkout releases what it does not see',
    file: 'src/operations/planning/gone-plans.ts',
    find: 'if (unseen.length > 0) {',
    replace: 'if (unseen.length < 0) {',
    tests: 'test/unit/operations',
  },
  {
    name: 'a release wipes what someone else added',
    file: 'src/plan/difference/world.ts',
    find: 'return (world.planned.get(file.path)?.pristine ?? recorded) && !isForeignEdit(world, file);',
    replace:
      'return (world.planned.get(file.path)?.pristine ?? recorded) || isForeignEdit(world, file);',
    tests: 'test/unit/plan/difference test/property/planning-sequences.test.ts',
  },
  {
    name: 'two plans may own one item',
    file: 'src/plan/difference/ownership.ts',
    find: 'if (agree) continue;',
    replace: 'if (agree || other.plan !== first.plan) continue;',
    tests: 'test/unit/plan/difference',
  },
  {
    name: 'the file a flag needs goes before the flag',
    file: 'src/plan/difference/order-steps.ts',
    find: 'sequence(b) - sequence(a)',
    replace: 'sequence(a) - sequence(b)',
    tests: 'test/unit/plan/difference',
  },
  {
    name: 'the digest does not cover the parts',
    file: 'src/plan/change-set/assemble.ts',
    find: 'parts: set.parts.map(',
    replace: 'parts: set.parts.slice(0, 0).map(',
    tests: 'test/unit/plan/change-set',
  },
  {
    name: 'a source may lie outside the workspace',
    file: 'src/operations/workspace/read-workspace-file.ts',
    find: 'if (!isInside(top, real))',
    replace: "if (!isInside('/', real))",
    tests: 'test/unit/operations',
  },
  {
    name: 'a foreign edit is taken for a torn write: any byte counts as ours',
    file: 'src/apply/files/torn.ts',
    find: '(byte, at) => byte === old[at]',
    replace: '(byte, at) => byte >= 0 || byte === old[at]',
    tests: 'test/property/torn.test.ts test/unit/apply/write-in-place.test.ts',
  },
  {
    name: 'a foreign edit is taken for a torn write: the mark does not count',
    file: 'src/apply/files/live-file.ts',
    find: "readMark({ newPath }) !== 'writing'",
    replace: "newPath === ''",
    tests: 'test/unit/apply/write-in-place.test.ts',
  },
  {
    name: 'a torn write is taken for a foreign edit',
    file: 'src/apply/files/live-file.ts',
    find: "return torn ? 'torn' : 'foreign';",
    replace: "return torn && live.kind === 'absent' ? 'torn' : 'foreign';",
    tests: 'test/unit/apply/write-in-place.test.ts',
  },
  {
    name: 'another inode is written in place',
    file: 'src/apply/files/write-in-place.ts',
    find: '!isSameNumber(live, file) || ',
    replace: '',
    tests: 'test/unit/apply/write-in-place.test.ts',
  },
  {
    name: 'a missing mount is taken for a restored file',
    file: 'src/apply/files/restore-plan.ts',
    find: 'return live.inode.ino !== file.oldInode?.ino;',
    replace: 'return live.inode.ino < 0;',
    tests: 'test/unit/apply/write-in-place.test.ts',
  },
  {
    name: 'a directory that everybody may write to is trusted',
    file: 'src/host/judge-place.ts',
    find: 'if ((mode & 0o002) !== 0) {',
    replace: 'if (mode < 0) {',
    tests: 'test/unit/host/judge-place.test.ts',
  },
  {
    name: 'a branch that was rewritten is pulled though nobody named it',
    file: 'src/operations/state/judge-remote.ts',
    find: 'return named !== null && named.length >= SHORTEST && there.startsWith(named.toLowerCase());',
    replace: "return there.startsWith(named ?? '');",
    tests: 'test/scenario/state-rewritten.test.ts',
  },
  {
    name: 'what held a plan is forgotten when it is red with other inputs',
    file: 'src/model/recorded-state.ts',
    find: 'return hold === null ? [] : [hold.inputDigest, ...(hold.also ?? [])];',
    replace: 'return hold === null ? [] : [];',
    tests: 'test/unit/plan/recording/reverted-state.test.ts',
  },
  {
    name: 'Kubernetes Secrets are no secrets',
    file: 'src/kinds/secret-marks.ts',
    find: 'return mark?.name ?? kubernetesSecret(text);',
    replace: 'return mark?.name ?? null;',
    tests: 'test/unit/kinds/secret-formats.test.ts',
  },
  {
    name: 'the gates of a manifest give up after a minute',
    file: 'src/kinds/manifest/gates/derived-gates.ts',
    find: 'within: 300_000 as Millis',
    replace: 'within: 60_000 as Millis',
    tests: 'test/scenario/traps/gates-in-time.long.test.ts',
  },
  {
    name: 'the old process may run beside the new one',
    file: 'src/checks/process.ts',
    find: 'if (old.length > 0) {',
    replace: 'if (old.length < 0) {',
    tests: 'test/scenario/traps/gates-in-time.long.test.ts',
  },
  {
    name: 'a restart is expected of an edit of comments',
    file: 'src/kinds/manifest/gates/restart.ts',
    find: 'samePod(oldPod, newPod)',
    replace: 'oldPod === newPod',
    tests: 'test/scenario/traps/what-a-restart-is.long.test.ts',
  },
  {
    name: 'a manifest is staged in the directory that the kubelet watches',
    file: 'src/apply/files/stage-directories.ts',
    find: 'while (watched.has(base)) {',
    replace: 'while (watched.has(base) && base.length === 0) {',
    tests: 'test/scenario/traps/files-in-the-directory.test.ts',
  },
];
