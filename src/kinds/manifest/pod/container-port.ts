import { asMap } from './check-pod.ts';
import type { WrittenContainer } from './container.ts';

/**
 * The number that a probe's port stands for: its own, or that of the container port with this name; `null` when there is none.
 * Rule: kubelet pkg/probe/util.go ResolveContainerPort.
 */
export function containerPort(container: WrittenContainer, port: unknown): number | null {
  if (typeof port === 'number') return port;
  if (typeof port !== 'string') return null;
  if (/^\d+$/.test(port)) return Number(port);
  const ports = container.decoded['ports'];
  const named = (Array.isArray(ports) ? ports : [])
    .map(asMap)
    .find((one) => one?.['name'] === port);
  const number = named?.['containerPort'];
  return typeof number === 'number' ? number : null;
}
