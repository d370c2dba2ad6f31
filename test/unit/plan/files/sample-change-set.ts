import type { ChangeSet } from '../../../../src/model/change-set.ts';

const SHA = 'a'.repeat(64);
const GATE = {
  id: 'm[0]',
  phases: ['before', 'after', 'revert'],
  within: 300_000,
  every: 2000,
  timeout: 10_000,
  successes: 3,
};

/** A change set with every member that there is, as it comes out of JSON. */
export const SAMPLE_CHANGE_SET = {
  formatVersion: '1.0',
  digest: `sha256:${SHA}`,
  host: 'cp-1',
  workspace: 'control-plane',
  request: { plans: ['a'], vars: { retention: 30, list: ['x', null] } },
  parts: [
    {
      plan: 'a',
      file: 'plans/a.yaml',
      operation: 'apply',
      inputDigest: `sha256:${SHA}`,
      items: [
        {
          action: 'change',
          resource: 'm',
          path: '/etc/kubernetes/manifests/m.yaml',
          key: 'flags/m/profiling',
          label: '--profiling',
          cause: 'pending',
          recorded: 'true',
          live: 'true',
          desired: 'false',
          before: { text: '--profiling=true' },
          movedFrom: 'b',
        },
      ],
      files: [
        {
          path: '/etc/kubernetes/manifests/m.yaml',
          declared: '/etc/kubernetes/manifests/m.yaml',
          linkText: null,
          kind: 'manifest',
          watched: true,
          write: true,
          before: { sha256: SHA, size: 10, mode: 384, uid: 0, gid: 0 },
          after: { sha256: SHA, size: 11, mode: 384 },
          splice: { offset: 1, length: 4, text: 'false', encoding: 'utf8' },
          lastRun: '01J0000000000000000000000A',
          foreignEdit: false,
          restart: 'expected',
          resources: ['m'],
        },
      ],
      steps: [
        {
          path: '/etc/kubernetes/manifests/m.yaml',
          gates: [
            { ...GATE, check: { kind: 'http', url: 'https://127.0.0.1:1/', status: [200] } },
            { ...GATE, id: 'm[1]', check: { kind: 'process', argv: ['m'], replaces: ['n'] } },
          ],
          onChange: [{ run: ['true'], timeout: 1000 }],
          audits: [
            { id: 'm:audit[0]', timeout: 1, check: { kind: 'command', run: ['x'], exitCode: 0 } },
          ],
        },
      ],
      gates: [{ ...GATE, id: 'plan[0]', check: { kind: 'tcp', host: '127.0.0.1', port: 1 } }],
      workspaceFiles: [{ path: 'checks/x.sh', sha256: SHA, executable: true }],
      record: {
        files: {
          '/etc/kubernetes/manifests/m.yaml': {
            gates: [],
            derive: [
              {
                id: 'm',
                spec: {
                  kind: 'manifest',
                  path: '/etc/kubernetes/manifests/m.yaml',
                  container: null,
                  flags: {},
                  restartProof: 'strict',
                },
              },
            ],
            onChange: [],
          },
        },
        plan: [],
      },
      retires: [],
      unchanged: 3,
      warnings: ['a warning'],
    },
  ],
  meta: {
    commit: 'b'.repeat(40),
    dirty: [],
    createdAt: '2026-01-01T00:00:00Z',
    actor: 'someone',
    toolVersion: '0.1.0',
    inSync: 5,
    diffs: { '/etc/kubernetes/manifests/m.yaml': '@@' },
  },
} as unknown as ChangeSet;
