import { describe, expect, it } from 'vitest';
import { findRow } from '../../../../../src/catalogue/cis/rows.ts';
import { judgeBoth } from '../../../../../src/kinds/manifest/audit/judge-both.ts';
import { judgeRow } from '../../../../../src/kinds/manifest/audit/judge-row.ts';
import { manifestSubjects } from '../../../../../src/kinds/manifest/audit/manifest-subjects.ts';
import {
  processesOf,
  processSubjects,
} from '../../../../../src/kinds/manifest/audit/process-subjects.ts';
import type { Subject } from '../../../../../src/kinds/manifest/audit/subject.ts';

function pod(container: string, more = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n${more}spec:\n  containers:\n  - ${container}\n`;
}

function subjectsIn(text: string): readonly Subject[] {
  return manifestSubjects(text, '/m.yaml') ?? [];
}

function only(text: string): Subject {
  const [subject] = subjectsIn(text);
  if (subject === undefined) throw new Error('no component');
  return subject;
}

function standing(id: string, subject: Subject): string {
  const row = findRow('cis-1.12', id);
  if (row === null) throw new Error(`no row ${id}`);
  return judgeRow(row, subject).standing;
}

describe('a manifest as the kubelet reads it', () => {
  it.each([
    ['a binary', 'command: [kube-apiserver, --profiling=false]'],
    ['args behind a command', 'command: [/usr/bin/kube-apiserver]\n    args: [--profiling=false]'],
    ['args alone', 'image: registry.k8s.io/kube-apiserver:v1.34.0\n    args: [--profiling=false]'],
    [
      'go-runner',
      'command: [/go-runner]\n    args: [--log-file=/a, /usr/local/bin/kube-apiserver, --profiling=false]',
    ],
    ['hyperkube', 'command: [/hyperkube, apiserver, --profiling=false]'],
    ['two items', 'command: [kube-apiserver, --tls-cert-file, /c, --profiling=false]'],
    [
      'a variable',
      'command: [kube-apiserver, --profiling=$(P)]\n    env: [{name: P, value: "false"}]',
    ],
  ])('%s', (_form, container) => {
    expect(standing('1.2.15', only(pod(container)))).toBe('pass');
  });

  it('is audited also where it is not edited: fixed uid, anchors, several documents, a byte-order mark', () => {
    const uid = pod('command: [kube-apiserver, --profiling=false]', '  uid: abc\n');
    const anchor = pod('command: &c [kube-apiserver, --profiling=false]');
    for (const text of [uid, anchor, `${anchor}---\nkind: Pod\n`, `\uFEFF${anchor}`]) {
      expect(standing('1.2.15', only(text))).toBe('pass');
    }
  });

  it('is for a person where its command cannot be told', () => {
    const shell = 'name: kube-apiserver\n    command: [/bin/sh, -c, exec kube-apiserver]';
    const variable =
      'command: [kube-apiserver, --profiling=$(P)]\n    env: [{name: P, valueFrom: {}}]';
    const number = 'command: [kube-apiserver, --audit-log-maxage, 30]';
    for (const container of [shell, variable, number]) {
      expect(standing('1.2.15', only(pod(container)))).not.toBe('pass');
    }
    expect(standing('1.2.15', only(pod(shell)))).toBe('manual');
    expect(standing('1.2.15', only(pod(variable)))).toBe('manual');
    expect(standing('1.2.16', only(pod(variable)))).toBe('fail');
  });

  it('that is none of the control plane, or none at all, has no subject', () => {
    expect(subjectsIn(pod('name: kube-vip\n    command: [/kube-vip, manager]'))).toEqual([]);
    expect(subjectsIn('kind: Config\n')).toEqual([]);
    expect(manifestSubjects('a: [', '/m.yaml')).toBeNull();
  });

  it('tells the line of a flag, passing over comments', () => {
    const text = pod(
      'command:\n    - kube-apiserver\n    # - --profiling=false\n    - --profiling=false',
    );
    const row = findRow('cis-1.12', '1.2.15');
    expect(row === null ? null : judgeRow(row, only(text)).line).toBe(10);
  });
});

const manifest = only(pod('command: [kube-apiserver, --profiling=false]'));

function pids(whole: boolean, running: readonly Subject[]): readonly unknown[] {
  return processesOf(manifest, running, whole).map(({ origin }) => origin);
}

describe('processes', () => {
  const argv = ['kube-apiserver', '--profiling=false'];

  it('are known by their program, not by words of others', () => {
    const found = processSubjects([
      { pid: 1, argv: ['grep', 'kube-apiserver'] },
      { pid: 2, argv: ['/usr/local/bin/kube-apiserver', '--profiling=false'] },
      { pid: 3, argv: ['sh', '-c', 'kube-apiserver'] },
      { pid: 4, argv: ['/hyperkube', 'apiserver'] },
    ]);
    expect(found.map(({ origin }) => origin)).toEqual([
      { kind: 'process', pid: 2 },
      { kind: 'process', pid: 4 },
    ]);
  });

  it('of a manifest have its arguments; others of the component count where nothing else can be meant', () => {
    const running = processSubjects([
      { pid: 2, argv },
      { pid: 3, argv: ['kube-apiserver', '--profiling'] },
    ]);
    expect(pids(true, running)).toEqual([{ kind: 'process', pid: 2 }]);
    expect(pids(true, running.slice(1))).toEqual([{ kind: 'process', pid: 3 }]);
    expect(pids(false, running.slice(1))).toEqual([]);
  });

  it('that were not restarted fail what the manifest passes', () => {
    const row = findRow('cis-1.12', '1.2.15');
    const [old] = processSubjects([{ pid: 3, argv: ['kube-apiserver', '--profiling'] }]);
    if (row === null || old === undefined) throw new Error('no row or process');
    const verdict = judgeBoth(judgeRow(row, manifest), [{ pid: 3, verdict: judgeRow(row, old) }]);
    expect(verdict.standing).toBe('fail');
    expect(verdict.reason).toContain('process 3');
  });

  it('say it where the manifest cannot', () => {
    const row = findRow('cis-1.12', '1.2.15');
    const [running] = processSubjects([{ pid: 3, argv }]);
    const shell = only(pod('name: kube-apiserver\n    command: [sh, -c, x]'));
    if (row === null || running === undefined) throw new Error('no row or process');
    const both = [{ pid: 3, verdict: judgeRow(row, running) }];
    expect(judgeBoth(judgeRow(row, shell), both).standing).toBe('pass');
  });
});
