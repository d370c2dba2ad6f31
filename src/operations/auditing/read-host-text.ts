import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Root } from '../../host/ports.ts';
import type { HostPath } from '../../model/brand.ts';

/** A text file of the host, only to be read; null when it is not there, or cannot be read, which is noted. */
export async function readHostText(
  root: Root,
  path: HostPath,
  notes: Diagnostic[],
): Promise<string | null> {
  const { content } = await root.observe(path, { inPlace: true });
  if (content.kind === 'file') return new TextDecoder().decode(content.bytes);
  // A directory among the manifests is passed over by the kubelet, too.
  if (content.kind === 'absent' || content.code === 'directory') return null;
  const message = `${path} was not audited: ${content.reason}`;
  notes.push({ code: 'SP4153', severity: 'warning', message });
  return null;
}
