import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Host, ProcessInfo } from '../../../src/host/ports.ts';
import { scoreText } from '../../../src/cli/views/audit/audit-words.ts';
import { auditHost } from '../../../src/operations/auditing/audit-host.ts';
import type { UnnamedSession } from '../../../src/operations/session.ts';
import { composeAudit } from '../../../src/operations/auditing/compose-audit.ts';
import { findSubjects } from '../../../src/operations/auditing/find-subjects.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';

const SCHEDULER =
  'kind: Pod\nspec:\n  containers:\n  - command: [kube-scheduler, --profiling=false]\n';

/** A host with these files and processes, as far as an audit looks at one. */
function hostWith(
  dir: string,
  files: Readonly<Record<string, string>>,
  argvs: readonly (readonly string[])[] | null,
): Host {
  const list = argvs?.map((argv, i): ProcessInfo => ({
    pid: i + 10,
    ppid: 1,
    argv,
    startTime: '1',
  }));
  const problem = { code: 'SP6040', severity: 'error', message: 'no /proc' } as const;
  const host = {
    root: {
      dir: dir as RealPath,
      list: (directory: HostPath) =>
        Promise.resolve(
          Object.keys(files)
            .filter((path) => path.startsWith(`${directory}/`))
            .map((path) => path.slice(directory.length + 1)),
        ),
      observe: (path: HostPath) => {
        const text = files[path];
        const content =
          text === undefined ? { kind: 'absent' } : { kind: 'file', bytes: Buffer.from(text) };
        return Promise.resolve({ content });
      },
    },
    processes: {
      list: () =>
        list === undefined
          ? Promise.reject(new SetpointError(1, [problem]))
          : Promise.resolve(list),
    },
  };
  return host as unknown as Host;
}

async function standings(host: Host): Promise<readonly string[]> {
  const { found } = await findSubjects(host, [], []);
  return composeAudit('cis-1.12', found).components.flatMap(({ component, pids, rows }) =>
    rows
      .filter(({ id }) => ['1.4.1', '2.2', '4.2.4'].includes(id))
      .map(({ id, standing }) => `${component} ${pids.join(' ')} ${id} ${standing}`),
  );
}

const FILES = { '/etc/kubernetes/manifests/s.yaml': SCHEDULER };

it('on the machine itself a process that was not restarted fails its row', async () => {
  const old = ['kube-scheduler', '--leader-elect=true'];
  expect(await standings(hostWith('/', FILES, [old]))).toEqual(['kube-scheduler 10 1.4.1 fail']);
  expect(await standings(hostWith('/mnt', FILES, [old]))).toEqual(['kube-scheduler  1.4.1 pass']);
});

it('components that run without a manifest are audited by their processes', async () => {
  const files = { '/k.yaml': 'readOnlyPort: 10255\n' };
  const running = [
    ['etcd', '--client-cert-auth'],
    ['/usr/bin/kubelet', '--config=/k.yaml'],
  ];
  expect(await standings(hostWith('/', files, running))).toEqual([
    'etcd 10 2.2 pass',
    'kubelet 11 4.2.4 fail',
  ]);
  expect(await standings(hostWith('/mnt', files, running))).toEqual([]);
});

it('where processes cannot be seen manifests are judged all the same, with a warning', async () => {
  const notes: Diagnostic[] = [];
  const { found } = await findSubjects(hostWith('/', FILES, null), [], notes);
  expect(found).toHaveLength(1);
  expect(notes.map(({ code }) => code)).toEqual(['SP4153']);
});

/** Outside of a workspace. */
async function audited(host: Host): Promise<Awaited<ReturnType<typeof auditHost>>> {
  const cwd = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    return await auditHost({ host, options: { cwd } } as unknown as UnnamedSession, 'cis-1.12');
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

it('what cannot be read is not absent: an audit that finds no fault in the rest does not end well', async () => {
  const files = { ...FILES, '/etc/kubernetes/manifests/a.yaml': 'foo: [' };
  const { result } = await audited(hostWith('/mnt', FILES, []));
  expect(result).toMatchObject({ unread: [], exitCode: 0 });
  const { result: broken } = await audited(hostWith('/mnt', files, []));
  expect(broken.unread[0]).toContain('/etc/kubernetes/manifests/a.yaml');
  expect(broken).toMatchObject({ score: { fail: 0 }, exitCode: 1 });
  expect(scoreText(broken)).toContain('1 not readable');
});

it('the score counts what passes and fails, and rows of components that are not here', async () => {
  const { result } = await audited(hostWith('/mnt', FILES, []));
  expect(result.score).toEqual({ pass: 2, fail: 0, manual: 0, notApplicable: 59 });
});

it('a kubelet that does not run is audited by its file', async () => {
  const files = { '/var/lib/kubelet/config.yaml': 'readOnlyPort: 10255\n' };
  expect(await standings(hostWith('/mnt', files, []))).toEqual(['kubelet  4.2.4 fail']);
});

function pod(flag: string): string {
  const text = SCHEDULER.replace('=false', `=${flag}`);
  return `${text}metadata: {name: kube-scheduler, namespace: kube-system}\n`;
}

describe('a pod in several files', () => {
  const manifests = '/etc/kubernetes/manifests';
  const old = { [`${manifests}/s.yaml`]: pod('false'), [`${manifests}/s.yaml.bak`]: pod('true') };

  it('the last name, which the kubelet runs, is judged once; the other is told, and is no good end', async () => {
    const { result, notes } = await audited(hostWith('/mnt', old, []));
    expect(result.components.map(({ path }) => path)).toEqual([`${manifests}/s.yaml.bak`]);
    expect(result.duplicates).toEqual([
      {
        pod: 'kube-system/kube-scheduler',
        runs: `${manifests}/s.yaml.bak`,
        others: [`${manifests}/s.yaml`],
      },
    ]);
    expect(notes.map(({ code }) => code)).toEqual(['SP4156']);
    expect(result.score.fail).toBe(1);
    const good = { ...old, [`${manifests}/s.yaml.bak`]: pod('false') };
    const { result: alike } = await audited(hostWith('/mnt', good, []));
    expect(alike).toMatchObject({ score: { fail: 0 }, exitCode: 2 });
    expect(scoreText(alike)).toContain('1 pod in several files');
  });

  it('also where a plan names the file that does not run; other pods, and copies elsewhere, are none of it', async () => {
    const files = {
      ...old,
      '/srv/s.yaml': pod('false'),
      [`${manifests}/web.yaml`]: 'kind: Pod\nmetadata: {name: web}\n',
      [`${manifests}/web.yaml~`]: 'kind: Pod\nmetadata: {name: web}\n',
    };
    const named = [`${manifests}/s.yaml`, '/srv/s.yaml'] as HostPath[];
    const { found, duplicates } = await findSubjects(hostWith('/mnt', files, []), named, []);
    expect(found.map(({ subject }) => subject.origin)).toMatchObject([
      { path: `${manifests}/s.yaml.bak` },
      { path: '/srv/s.yaml' },
    ]);
    expect(duplicates).toHaveLength(1);
  });

  it('a namespace that is not said is default, and another namespace is another pod', async () => {
    const other = pod('true').replace('kube-system', 'default');
    const apart = { ...old, [`${manifests}/s.yaml.bak`]: other };
    const { result } = await audited(hostWith('/mnt', apart, []));
    expect([result.components.length, result.duplicates]).toEqual([2, []]);
  });
});

it("RKE2's directory is looked at without a plan", async () => {
  const files = { '/var/lib/rancher/rke2/agent/pod-manifests/kube-scheduler.yaml': SCHEDULER };
  expect(await standings(hostWith('/mnt', files, []))).toEqual(['kube-scheduler  1.4.1 pass']);
});
