import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
  const found = await findSubjects(host, [], []);
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
  const found = await findSubjects(hostWith('/', FILES, null), [], notes);
  expect(found).toHaveLength(1);
  expect(notes.map(({ code }) => code)).toEqual(['SP4153']);
});

it('what cannot be read is not absent: an audit that finds no fault in the rest does not end well', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'audit-'));
  const files = { ...FILES, '/etc/kubernetes/manifests/a.yaml': 'foo: [' };
  const audit = async (host: Host) => {
    const session = { host, options: { cwd } } as unknown as UnnamedSession;
    return (await auditHost(session, 'cis-1.12')).result;
  };
  expect(await audit(hostWith('/mnt', FILES, []))).toMatchObject({ unread: [], exitCode: 0 });
  const [why] = (await audit(hostWith('/mnt', files, []))).unread;
  expect(why).toContain('/etc/kubernetes/manifests/a.yaml');
  const broken = await audit(hostWith('/mnt', files, []));
  expect(broken).toMatchObject({ score: { fail: 0 }, exitCode: 1 });
  expect(scoreText(broken)).toContain('1 not readable');
  rmSync(cwd, { recursive: true });
});
