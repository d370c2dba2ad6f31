import type { RunningContainer } from './start-kubelet.ts';

/** What /proc/PID/cgroup would say of a container's process (kubelet with the systemd driver, cgroup v2). */
export function cgroupText({ uid, container }: RunningContainer): string {
  const slice = `kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice`;
  return `0::/kubepods.slice/kubepods-burstable.slice/${slice}/cri-containerd-${container}.scope\n`;
}
