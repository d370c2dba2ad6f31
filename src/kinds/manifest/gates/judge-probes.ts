import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import { asMap } from '../pod/check-pod.ts';
import { PROBES } from '../pod/probe-name.ts';
import { containerOf } from './container-of.ts';

/** What the container's probes ask that no derived gate can, a warning each (SP2074). */
export function judgeProbes(
  spec: ManifestSpec,
  image: FileImage,
  path: string,
): readonly Diagnostic[] {
  const container = containerOf(image, spec.container, path);
  if (container === null) return [];
  return PROBES.flatMap((name) => {
    const probe = asMap(container.decoded[`${name}Probe`]);
    const of = `${path}: the ${name} probe of container ${container.name}`;
    if (asMap(probe?.['exec']) !== null) {
      const message = `${of} runs a command inside it: no gate asks that; add a gate of your own`;
      return [{ code: 'SP2074', severity: 'warning', message } as const];
    }
    if (asMap(probe?.['grpc']) === null) return [];
    const message = `${of} is gRPC: its gate proves only that the port accepts connections`;
    return [{ code: 'SP2074', severity: 'warning', message } as const];
  });
}
