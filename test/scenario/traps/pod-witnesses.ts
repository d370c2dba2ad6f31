import { onTestFinished } from 'vitest';
import type { CheckContext } from '../../../src/checks/context.ts';
import { hostCommands } from '../../../src/host/commands.ts';
import { crictlRuntime } from '../../../src/host/pod-runtime/crictl.ts';
import { kubeletRuntime } from '../../../src/host/pod-runtime/kubelet.ts';
import type { PodRuntime, Processes } from '../../../src/host/ports.ts';
import { parsePodUid } from '../../../src/host/proc-files.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import { cgroupText } from '../../kubelet/cgroup-text.ts';
import { startCri } from '../../kubelet/cri/start-cri.ts';
import { servePods } from '../../kubelet/serve-pods.ts';
import { Certificates } from '../../unit/checks/certificates.ts';
import { plainRoot } from '../../unit/checks/check-world.ts';
import type { TrapHost } from '../rig/trap-host.ts';

const CLIENT = '/etc/kubernetes/pki/apiserver-kubelet-client';

export type Witness = 'arguments' | 'cgroup' | 'crictl' | 'pods';
export type WitnessedBy = Pick<CheckContext, 'processes' | 'podRuntime'>;

/** What setpoint may have to look at, one at a time: only the arguments of processes, or that and who tells the pod. */
export async function witnesses(host: TrapHost): Promise<ReadonlyMap<Witness, WitnessedBy>> {
  const all = procProcesses();
  // Who listens is left out.
  const list: Processes['list'] = () => all.list();
  const podUid: Processes['podUid'] = async (pid) => {
    const found = host.kubelet.running().find((one) => one.pid === pid);
    return found === undefined ? null : parsePodUid(cgroupText(found));
  };
  return new Map<Witness, WitnessedBy>([
    ['arguments', { processes: { list } }],
    ['cgroup', { processes: { list, podUid } }],
    ['crictl', { processes: { list }, podRuntime: await crictlOf(host) }],
    ['pods', { processes: { list }, podRuntime: await podsOf(host) }],
  ]);
}

async function crictlOf({ rig, kubelet }: TrapHost): Promise<PodRuntime> {
  const logDir = rig.real('/var/log/pods');
  const cri = await startCri({ dir: rig.dir, logDir, events: kubelet.events });
  onTestFinished(cri.close);
  return crictlRuntime(hostCommands({ ...rig.env, PATH: cri.bin }));
}

async function podsOf({ rig, kubelet }: TrapHost): Promise<PodRuntime> {
  const certificates = new Certificates();
  onTestFinished(() => certificates.remove());
  certificates.authority('ca');
  certificates.leaf('kubelet', 'ca', 'IP:127.0.0.1');
  certificates.leaf('client', 'ca', 'DNS:client');
  for (const end of ['crt', 'key'])
    await rig.put(`${CLIENT}.${end}`, certificates.read(`client.${end}`).toString(), 0o600);
  const endpoint = await servePods({
    key: certificates.read('kubelet.key'),
    cert: certificates.read('kubelet.crt'),
    clientCa: certificates.read('ca.crt'),
    kubelet,
  });
  onTestFinished(endpoint.close);
  const port = Number(new URL(endpoint.url).port);
  return kubeletRuntime(plainRoot(rig.root), { host: '127.0.0.1', port });
}
