import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Root } from '../../host/ports.ts';
import { argumentsOf } from '../../kinds/manifest/audit/argument.ts';
import { flagsOf } from '../../kinds/manifest/audit/read-setting.ts';
import type { Subject } from '../../kinds/manifest/audit/subject.ts';
import { decodeAsKubelet } from '../../kinds/manifest/pod/parse-pod.ts';
import { KUBELET_CONFIG, KUBELET_FLAGS } from '../../kinds/manifest/pod/static-pod-path.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Found } from './found.ts';
import { readHostText } from './read-host-text.ts';

/** The kubelet: as it runs, else as kubeadm starts it; with the file that its flags name. Empty when neither is here. */
export async function findKubelet(
  root: Root,
  running: readonly Subject[],
  notes: Diagnostic[],
): Promise<readonly Found[]> {
  const kubelets = running.filter(({ component }) => component === 'kubelet');
  if (kubelets.length === 0) {
    const subject = await installedKubelet(root, notes);
    return subject === null ? [] : [{ subject, running: [] }];
  }
  const found: Found[] = [];
  for (const kubelet of kubelets) {
    const named = flagsOf(kubelet)?.get('config')?.at(-1)?.value ?? null;
    const path = named?.startsWith('/') === true ? (named as HostPath) : null;
    const settings = path === null ? {} : await readSettings(root, path, notes);
    found.push({ subject: { ...kubelet, settings }, running: [] });
  }
  return found;
}

async function installedKubelet(root: Root, notes: Diagnostic[]): Promise<Subject | null> {
  const settings = await readSettings(root, KUBELET_CONFIG, notes);
  if (settings === null) return null;
  const flags = (await readHostText(root, KUBELET_FLAGS, notes)) ?? '';
  const written = /^KUBELET_KUBEADM_ARGS="?([^"\n]*)"?/m.exec(flags)?.[1] ?? '';
  return {
    component: 'kubelet',
    origin: { kind: 'manifest', path: KUBELET_CONFIG, container: 'kubelet' },
    arguments: argumentsOf(written.split(/\s+/).filter((word) => word !== '')),
    environment: null,
    argv: null,
    image: null,
    settings,
  };
}

async function readSettings(root: Root, path: HostPath, notes: Diagnostic[]): Promise<unknown> {
  const text = await readHostText(root, path, notes);
  if (text === null) return null;
  const settings = decodeAsKubelet(text);
  if (typeof settings === 'object' && settings !== null) return settings;
  const message = `${path} was not audited: it is no KubeletConfiguration`;
  notes.push({ code: 'SP4153', severity: 'warning', message });
  return null;
}
