/** What a feature gate goes by without a component; it is Kubernetes' own (component-base compatibility registry). */
const OWN = 'kube';

/**
 * The name of a feature gate as an entry of the flag writes it: from 1.31 on it may name its component, `kube:Name` for `Name`, and an
 * empty component is `kube` (component-base colonSeparatedMultimapStringString). `null`: a gate of another component in the process.
 */
export function gateName(written: string): string | null {
  const colon = written.indexOf(':');
  if (colon === -1) return written;
  const component = written.slice(0, colon).trim();
  return component === '' || component === OWN ? written.slice(colon + 1).trim() : null;
}

/** Whether an entry, such as `kube:Name=true`, names a gate of Kubernetes by its component. */
export function namesComponent(entry: string): boolean {
  return entry.trim().startsWith(`${OWN}:`);
}

/**
 * A gate as it has to be written beside others: a component does not start when some of its own gates have `kube:` before them and
 * others do not (component-base compatibility registry.go, from 1.32 on).
 */
export function spelledLike(name: string, others: readonly string[]): string {
  return others.some(namesComponent) && !name.includes(':') ? `${OWN}:${name}` : name;
}
