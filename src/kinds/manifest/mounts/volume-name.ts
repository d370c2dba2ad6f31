import { sha256 } from '../../../model/canonical-json.ts';

/** Longest DNS label (RFC 1123), which is what Kubernetes takes as the name of a volume. */
const LONGEST = 63;
/** Hexadecimal digits of a digest that tell two paths apart. */
const DIGITS = 8;

/**
 * Name of a new volume: the path with dashes, as kubeadm names its own (`/usr/share/ca-certificates`: usr-share-ca-certificates).
 * Where that is too long, is no DNS label or is taken, the path's digest tells it apart. The same for the same path and names.
 */
export function volumeName(hostPath: string, taken: ReadonlySet<unknown>): string {
  const plain = hostPath
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (plain !== '' && plain.length <= LONGEST && !taken.has(plain)) return plain;
  const digest = sha256(new TextEncoder().encode(hostPath));
  const start = plain.slice(0, LONGEST - DIGITS - 1).replace(/-+$/, '') || 'path';
  for (let digits = DIGITS; ; digits += 1) {
    const name = `${start.slice(0, LONGEST - digits - 1)}-${digest.slice(0, digits)}`;
    if (!taken.has(name) || digits >= LONGEST - 1) return name;
  }
}
