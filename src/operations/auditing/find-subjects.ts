import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Host } from '../../host/ports.ts';
import { manifestSubjects } from '../../kinds/manifest/audit/manifest-subjects.ts';
import { processesOf, processSubjects } from '../../kinds/manifest/audit/process-subjects.ts';
import type { Subject } from '../../kinds/manifest/audit/subject.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Found } from './found.ts';
import { findKubelet } from './find-kubelet.ts';
import { readHostText } from './read-host-text.ts';

/** kubeadm's place, which the benchmark assumes, too. */
const MANIFESTS = '/etc/kubernetes/manifests' as HostPath;

/**
 * Every component of the host: by the manifests of the kubelet's directory and of `paths`, and by what runs. The processes of this
 * machine belong to the host only where its root is `/`; under another root, one with exactly a manifest's arguments does.
 */
export async function findSubjects(
  host: Host,
  paths: readonly HostPath[],
  notes: Diagnostic[],
): Promise<readonly Found[]> {
  const names = await host.root.list(MANIFESTS);
  // kubelet's glob: a leading dot hides a file from it, nothing else does.
  const listed = names
    .filter((name) => !name.startsWith('.'))
    .map((name) => posix.join(MANIFESTS, name) as HostPath);
  const manifests: Subject[] = [];
  for (const path of new Set([...listed, ...paths])) {
    const text = await readHostText(host.root, path, notes);
    if (text === null) continue;
    const subjects = manifestSubjects(text, path);
    if (subjects === null)
      notes.push(notRead(path, 'neither YAML nor JSON that the kubelet reads'));
    else manifests.push(...subjects);
  }
  const whole = host.root.dir === '/';
  const running = await runningComponents(host, notes);
  const found = manifests.map((subject) => ({
    subject,
    running: processesOf(subject, running, whole),
  }));
  const kubelet = await findKubelet(host.root, whole ? running : [], notes);
  const unclaimed = whole ? withoutManifest(running, manifests) : [];
  return [...found, ...kubelet, ...unclaimed];
}

/** Components that run without a manifest here: started by systemd, or by another kubelet. */
function withoutManifest(
  running: readonly Subject[],
  manifests: readonly Subject[],
): readonly Found[] {
  return running
    .filter(({ component }) => component !== 'kubelet')
    .filter(({ component }) => !manifests.some((one) => one.component === component))
    .map((subject) => ({ subject, running: [] }));
}

async function runningComponents(host: Host, notes: Diagnostic[]): Promise<readonly Subject[]> {
  try {
    return processSubjects(await host.processes.list());
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const why = error.diagnostics.map(({ message }) => message).join('; ');
    const help = 'only manifests were judged; mount /proc to judge what runs, too';
    notes.push({ code: 'SP4153', severity: 'warning', message: `processes: ${why}`, help });
    return [];
  }
}

function notRead(path: string, why: string): Diagnostic {
  return { code: 'SP4153', severity: 'warning', message: `${path} was not audited: ${why}` };
}
