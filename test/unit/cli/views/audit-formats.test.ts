import { describe, expect, it } from 'vitest';
import { auditText } from '../../../../src/cli/views/audit/audit-text.ts';
import type { AuditResult } from '../../../../src/operations/results.ts';
import { parseXml } from './xml.ts';

const HOSTILE = '--x=<a b="c">&\u0007\uD800 |`\n\u202E';

const ROW = { line: null, needs: null, risk: 'A', remedy: 'set --profiling=false' } as const;
const RESULT: AuditResult = {
  profile: 'cis-1.12',
  chosenBy: 'image',
  kubernetes: '1.34',
  components: [
    {
      component: 'kube-apiserver',
      path: '/etc/kubernetes/manifests/a?b#c d.yaml',
      container: 'kube-apiserver',
      pids: [12, 13],
      rows: [
        { ...ROW, id: '1.2.15', title: 'good', standing: 'pass', reason: '--profiling=0', line: 7 },
        { ...ROW, id: '1.2.16', title: 'bad <&>', standing: 'fail', reason: HOSTILE, line: 9 },
        { ...ROW, id: '1.2.20', title: 'look', standing: 'manual', reason: 'a person' },
      ],
    },
    {
      component: 'kube-scheduler',
      path: null,
      container: null,
      pids: [],
      rows: [{ ...ROW, id: '1.4.1', title: 'off', standing: 'fail', reason: 'on', needs: 'care' }],
    },
  ],
  absent: [{ component: 'etcd', rows: ['2.1', '2.2'] }],
  unread: [],
  duplicates: [],
  score: { pass: 1, fail: 2, manual: 1, notApplicable: 2 },
  exitCode: 2,
};

const VIEW = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

function text(
  format: 'junit' | 'markdown' | 'sarif' | 'table',
  view = VIEW,
  result = RESULT,
): string {
  return auditText(result, format, view, '1.2.3');
}

const PARTLY: AuditResult = {
  ...RESULT,
  unread: ['/etc/kubernetes/manifests/x.yaml was not audited: "EACCES" <&>', 'processes: no /proc'],
  duplicates: [
    { pod: 'kube-system/etcd', runs: '/m/etcd.yaml.bak', others: ['/m/etcd.yaml', '/m/a`b'] },
  ],
};

describe('an audit as JUnit', () => {
  it('is well-formed, whatever a flag holds, and counts what it has', () => {
    const root = parseXml(text('junit'));
    expect(root.name).toBe('testsuites');
    expect(root.attributes).toMatchObject({ tests: '6', failures: '2', skipped: '3' });
    const suites = root.children.map(({ attributes, children }) => [
      attributes['name'],
      attributes['tests'],
      attributes['failures'],
      attributes['skipped'],
      children.length,
    ]);
    expect(suites).toEqual([
      ['kube-apiserver', '3', '1', '1', 3],
      ['kube-scheduler', '1', '1', '0', 1],
      ['etcd', '2', '0', '2', 2],
    ]);
    const [failed] = root.children[0]?.children[1]?.children ?? [];
    expect(failed?.name).toBe('failure');
    expect(failed?.attributes['message']).toContain('--x=<a b="c">&');
    expect(failed?.text).toBe('set --profiling=false');
    const [skipped] = root.children[0]?.children[2]?.children ?? [];
    expect(skipped?.name).toBe('skipped');
    expect(skipped?.attributes['message']).toMatch(/^manual: a person/);
  });

  it('what could not be read is an error, a pod in several files a failure', () => {
    const root = parseXml(text('junit', VIEW, PARTLY));
    expect(root.attributes).toMatchObject({ tests: '9', failures: '3', errors: '2', skipped: '3' });
    const suite = root.children.at(-1);
    expect(suite?.attributes).toMatchObject({ tests: '3', failures: '1', errors: '2' });
    const outcomes = suite?.children.flatMap(({ children }) => children) ?? [];
    expect(outcomes.map(({ name, attributes }) => [name, attributes['message']])).toEqual([
      [
        'failure',
        'the pod kube-system/etcd is in /m/etcd.yaml, /m/a`b, too; the kubelet runs /m/etcd.yaml.bak',
      ],
      ['error', PARTLY.unread[0]],
      ['error', PARTLY.unread[1]],
    ]);
    expect(new Set(suite?.children.map(({ attributes }) => attributes['name'])).size).toBe(3);
    expect(text('junit')).not.toContain('manifests"');
  });
});

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { id: string }[] };
    };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly toolExecutionNotifications?: readonly unknown[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations?: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region?: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

describe('an audit as SARIF', () => {
  it('has what version 2.1.0 requires', () => {
    const log = JSON.parse(text('sarif')) as SarifLog;
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(run?.tool.driver.name).toBe('setpoint');
    expect(new Set(rules).size).toBe(rules.length);
    for (const one of run?.results ?? []) {
      expect(one.message.text).not.toBe('');
      expect(rules[one.ruleIndex]).toBe(one.ruleId);
      // SARIF 3.27.10: a level other than none only where the kind is fail.
      expect(one.kind === 'fail' ? 'error' : 'none').toBe(one.level);
      for (const { physicalLocation } of one.locations ?? []) {
        expect(URL.canParse(physicalLocation.artifactLocation.uri)).toBe(true);
        expect(physicalLocation.region?.startLine ?? 1).toBeGreaterThan(0);
      }
    }
    const kinds = run?.results.map(({ kind }) => kind);
    expect(kinds).toEqual(['pass', 'fail', 'review', 'fail']);
    const { pathname } = new URL(
      run?.results[1]?.locations?.[0]?.physicalLocation.artifactLocation.uri ?? '',
    );
    expect(decodeURIComponent(pathname)).toBe('/etc/kubernetes/manifests/a?b#c d.yaml');
    expect(run?.invocations).toEqual([{ executionSuccessful: true, exitCode: 2 }]);
  });

  it('what could not be read is an error of the tool, a pod in several files a result', () => {
    const [run] = (JSON.parse(text('sarif', VIEW, PARTLY)) as SarifLog).runs;
    expect(run?.invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: PARTLY.unread.map((why) => ({
          level: 'error',
          descriptor: { id: 'SP4153' },
          message: { text: why },
        })),
      },
    ]);
    const last = run?.results.at(-1);
    expect(last).toMatchObject({ ruleId: 'SP4156', kind: 'fail', level: 'error' });
    expect(run?.tool.driver.rules[last?.ruleIndex ?? 0]?.id).toBe('SP4156');
    expect(last?.locations).toHaveLength(3);
  });
});

describe('an audit for people', () => {
  it('leaves out what passes, and ends with the score', () => {
    const lines = text('table').split('\n');
    expect(lines.some((line) => line.includes('1.2.15'))).toBe(false);
    expect(lines.at(-1)).toBe(
      'cis-1.12 for Kubernetes 1.34: 1 of 3 rows pass (33 %), 2 fail, 1 manual, 2 not applicable.',
    );
    expect(text('table', { ...VIEW, verbose: true })).toContain('1.2.15');
    // As the last line: of the rows that pass or fail.
    expect(lines[0]).toMatch(/: 1 of 2 rows pass$/);
    expect(text('table')).not.toContain('\u0007');
    expect(text('table')).not.toContain('\u001B[');
    expect(text('table', { ...VIEW, color: true })).toContain('\u001B[31m');
  });

  it('is a table in Markdown that a value cannot break', () => {
    const lines = text('markdown').split('\n');
    const row = lines.find((line) => line.includes('1.2.16')) ?? '';
    expect(row.replaceAll(/\\./g, '').split('|')).toHaveLength(7);
    expect(row.replaceAll(/\\./g, '')).not.toContain('<');
  });

  it('Markdown has what could not be read, and pods in several files', () => {
    const lines = text('markdown', VIEW, PARTLY).split('\n');
    expect(lines.slice(lines.indexOf('## Pods in several files'))).toEqual([
      '## Pods in several files',
      '',
      expect.stringContaining('/m/a\\`b'),
      '',
      '## Not readable',
      '',
      expect.stringContaining('x.yaml'),
      '- processes: no /proc',
    ]);
    expect(lines[2]).toContain('2 not readable, 1 pod in several files');
  });
});
