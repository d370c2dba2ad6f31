import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Host } from '../../host/ports.ts';
import { processesOf, processSubjects } from '../../kinds/manifest/audit/process-subjects.ts';
import type { Subject } from '../../kinds/manifest/audit/subject.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Found } from './found.ts';
import { findKubelet } from './find-kubelet.ts';
import { findManifests } from './find-manifests.ts';
import type { DuplicateManifest } from './results.ts';

export interface FoundSubjects {
  readonly found: readonly Found[];
  readonly duplicates: readonly DuplicateManifest[];
}

/**
 * Every component of the host: by the manifests of the kubelet's directories and of `paths`, and by what runs. The processes of this
 * machine belong to the host only where its root is `/`; under another root, one with exactly a manifest's arguments does.
 */
export async function findSubjects(
  host: Host,
  paths: readonly HostPath[],
  notes: Diagnostic[],
): Promise<FoundSubjects> {
  const { subjects: manifests, duplicates } = await findManifests(host.root, paths, notes);
  const whole = host.root.dir === '/';
  const running = await runningComponents(host, notes);
  const found = manifests.map((subject) => ({
    subject,
    running: processesOf(subject, running, whole),
  }));
  const kubelet = await findKubelet(host.root, whole ? running : [], notes);
  const unclaimed = whole ? withoutManifest(running, manifests) : [];
  return { found: [...found, ...kubelet, ...unclaimed], duplicates };
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
