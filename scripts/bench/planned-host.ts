import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RealPath } from '../../src/model/brand.ts';

const SCHEDULER = fileURLToPath(
  new URL('../../fixtures/manifests/kubeadm-kube-scheduler.yaml', import.meta.url),
);

/** A workspace and the host root that it is for. */
export interface PlannedHost {
  readonly workspace: string;
  readonly root: string;
}

/** A plan for one flag of a real manifest. */
export function manifestHost(parent: RealPath): PlannedHost {
  const path = '/etc/kubernetes/manifests/kube-scheduler.yaml';
  const host = plannedHost(parent, [
    'resources:',
    '  scheduler:',
    '    kind: manifest',
    `    path: ${path}`,
    '    flags:',
    '      leader-elect: true',
    '    gates: []',
  ]);
  const real = join(host.root, path);
  mkdirSync(dirname(real), { recursive: true });
  writeFileSync(real, readFileSync(SCHEDULER));
  return host;
}

/** A plan for `count` whole files. */
export function filesHost(parent: RealPath, count: number): PlannedHost {
  const resources = Array.from({ length: count }, (_, i) => [
    `  file-${String(i)}:`,
    '    kind: file',
    `    path: /etc/app/${String(i)}.conf`,
    `    content: "level = ${String(i)}\\n"`,
    '    gates: []',
  ]);
  return plannedHost(parent, ['resources:', ...resources.flat()]);
}

function plannedHost(parent: RealPath, resources: readonly string[]): PlannedHost {
  const top = mkdtempSync(join(parent, 'host-'));
  const [root, workspace] = [join(top, 'root'), join(top, 'workspace')];
  mkdirSync(join(root, 'etc/app'), { recursive: true });
  mkdirSync(join(workspace, 'plans'), { recursive: true });
  writeFileSync(join(workspace, 'setpoint.yaml'), 'name: bench\n');
  const plan = ['setpoint: v1', 'name: bench', ...resources, ''].join('\n');
  writeFileSync(join(workspace, 'plans/bench.yaml'), plan);
  return { workspace, root };
}
