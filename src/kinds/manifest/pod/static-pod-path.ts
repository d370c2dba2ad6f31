import { posix } from 'node:path';
import type { HostPath } from '../../../model/brand.ts';
import { asMap } from './check-pod.ts';
import { decodeAsKubelet } from './parse-pod.ts';

/** Where kubeadm puts the kubelet's settings, and the flags that its service adds. */
export const KUBELET_CONFIG = '/var/lib/kubelet/config.yaml' as HostPath;
export const KUBELET_FLAGS = '/var/lib/kubelet/kubeadm-flags.env' as HostPath;

/** What else says where the kubelet reads its static pods, and wins over the file (cmd/kubelet/app/options, server.go). */
const WINS = /--(?:pod[-_]manifest[-_]path|config[-_]dir|config)\b/u;

/**
 * The directory (or the one file) from which the kubelet with these settings runs static pods; `null`: they do not tell. A relative path
 * counts from the folder of the settings (pkg/kubelet/apis/config/helpers.go KubeletConfigurationPathRefs).
 */
export function staticPodPath(settings: string, flags: string): HostPath | null {
  if (WINS.test(flags)) return null;
  const config = asMap(decodeAsKubelet(settings));
  const path = config?.['staticPodPath'];
  if (config?.['kind'] !== 'KubeletConfiguration' || typeof path !== 'string' || path === '') {
    return null;
  }
  return posix.resolve(posix.dirname(KUBELET_CONFIG), path) as HostPath;
}
