import { derivedGates } from '../../../src/kinds/manifest/gates/derived-gates.ts';
import type { HostPath } from '../../../src/model/brand.ts';
import type { GateSpec } from '../../../src/model/check.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import type { ManifestSpec } from '../../../src/model/plan-file.ts';
import { MANIFEST } from '../rig/trap-host.ts';

function image(text: string): FileImage {
  return { exists: true, bytes: Buffer.from(text), mode: 0o600 };
}

/** The gates that setpoint makes itself for this change. */
export function gatesOf(before: string, after: string): readonly GateSpec[] {
  const spec: ManifestSpec = {
    kind: 'manifest',
    path: MANIFEST as HostPath,
    container: null,
    flags: {},
    restartProof: 'strict',
  };
  return derivedGates(spec, image(before), image(after), MANIFEST);
}
