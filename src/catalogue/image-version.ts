import { minorVersion } from './minor-version.ts';

/**
 * The version in an image's tag (`v1.34.2`, `v1.33.5-rke2r1`, `v1.30.4_vmware.1`, `3.5.21-0`), as written; `null` without a tag
 * (a digest names no version), and for tags that are none (`latest`).
 */
export function imageVersion(image: string): string | null {
  const [reference = ''] = image.split('@', 1);
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  const tag = colon === -1 ? '' : last.slice(colon + 1);
  return minorVersion(tag) === null ? null : tag;
}

/** Minor of Kubernetes in an image's tag: `registry.k8s.io/kube-apiserver:v1.31.4@sha256:…` ⇒ 31; `null` where the tag does not tell. */
export function kubernetesMinor(image: string): number | null {
  const [major, minor] = minorVersion(imageVersion(image) ?? '')?.split('.') ?? [];
  return major === '1' ? Number(minor) : null;
}
