import fc from 'fast-check';

export const CONF = '/etc/app/app.conf';
export const FRESH = '/etc/app/fresh.conf';
export const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

/** What the plan files may say; `files` and `flags` have a file each, `more` and `flags` share one. */
const conf = (content: string, more = '') =>
  `  conf: {kind: file, path: ${CONF}, content: "${content}\\n", gates: []${more}}`;
const fresh = `  fresh: {kind: file, path: ${FRESH}, content: "fresh\\n", gates: []}`;
const manifest = (flags: string) =>
  `  it: {kind: manifest, path: ${SCHEDULER}, gates: [], flags: {${flags}}}`;
const red =
  'gates: [{kind: command, run: ["false"], phases: [after], within: 20ms, every: 10ms, successes: 1}]';

export const VARIANTS = {
  files: [
    conf('level = 1'),
    conf('level = 2'),
    conf('level = 2', ', mode: "0600"'),
    `${conf('level = 1')}\n${fresh}`,
    fresh,
    `${conf('level = 3')}\n${red}`,
  ],
  flags: [
    manifest('profiling: false'),
    manifest('profiling: false, v: "2"'),
    manifest('leader-elect: null, bind-address: 0.0.0.0'),
    manifest('bind-address: 127.0.0.1'),
  ],
  more: [manifest('kube-api-qps: "9"'), manifest('v: "2"'), manifest('v: "3"')],
} as const;

export type PlanId = keyof typeof VARIANTS;

/** One thing that happens to host, workspace or both. Whoever acts with git applies at once. */
export type Step =
  | { readonly do: 'edit'; readonly plan: PlanId; readonly to: number; readonly next: Next }
  | { readonly do: 'drop'; readonly plan: PlanId }
  | { readonly do: 'git revert' }
  | { readonly do: 'apply' }
  | { readonly do: 'revert' | 'restore'; readonly back: number }
  | { readonly do: 'foreign'; readonly path: string; readonly what: Foreign };

/** What follows an edit of a plan file that is committed. */
export type Next = 'nothing' | 'apply' | 'apply it alone' | 'apply saved';

/** What somebody else does to a file: a value that plans set, other lines, all of it, its mode. */
export type Foreign = 'own' | 'other' | 'delete' | 'chmod';

const plan = fc.constantFrom<PlanId>('files', 'flags', 'more');
const back = fc.nat({ max: 3 });

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      plan,
      to: fc.nat({ max: 5 }),
      next: fc.constantFrom<Next>('nothing', 'apply', 'apply', 'apply it alone', 'apply saved'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), plan }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'git revert' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'apply' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revert' as const), back }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), back }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('foreign' as const),
      path: fc.constantFrom(CONF, FRESH, SCHEDULER),
      what: fc.constantFrom<Foreign>('own', 'other', 'other', 'delete', 'chmod'),
    }),
  },
);
