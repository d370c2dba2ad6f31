import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import { NOBODY_LOOKED } from '../../surroundings.ts';
import type { Surroundings } from '../../surroundings.ts';
import { asMap } from '../pod/check-pod.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { decodedContainers, readContainer } from '../pod/container.ts';
import { knownArgv } from '../pod/argv.ts';
import { readPod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { refusal } from '../../../structured/refusal.ts';
import { probesLeftBehind } from './probes/elsewhere.ts';
import { unacknowledged } from './risks/irreversible.ts';
import { ownerOf, ownerWords } from './risks/owner.ts';
import { requiredGone } from './risks/required.ts';
import { riskWarnings } from './risks/risk-warnings.ts';

/**
 * What people have to know of a change of a manifest: who else writes it, probes that are left behind, risky values, and what no
 * restored file takes back. `null` for the resource: it is given back by a plan that no longer declares the file, and every
 * container counts. A file that does not change says nothing, and neither does what cannot be read.
 */
export function judgeChange(
  spec: ManifestSpec | null,
  before: FileImage,
  after: FileImage,
  path: string,
  { change }: Surroundings = NOBODY_LOOKED,
): readonly Diagnostic[] {
  if (!before.exists || !after.exists || Buffer.compare(before.bytes, after.bytes) === 0) return [];
  const [old, now] = [readPod(before, path), readPod(after, path)];
  if (!old.ok || !now.ok) return [];
  const own = spec === null ? null : (lineOf(now.value, spec.container)?.container.name ?? null);
  return [
    ...ownerWarning(now.value, spec === null),
    ...(spec === null ? [] : unproven(spec, now.value)),
    ...containerNames(now.value).flatMap((name) => {
      const [was, is] = [lineOf(old.value, name), lineOf(now.value, name)];
      if (was === null || is === null) return [];
      const isOwn = name === own;
      const errors = unacknowledged(was, is, { spec, isOwn, change });
      if (spec !== null && !isOwn) return errors;
      const gone = spec === null ? [] : requiredGone(spec, was, is);
      return [...errors, ...gone, ...probesLeftBehind(spec, was, is), ...riskWarnings(was, is)];
    }),
  ];
}

/** SP2025: only what is written restarts anything that would have to be recognised. */
function unproven(spec: ManifestSpec, pod: PodSource): Diagnostic[] {
  const container = readContainer(pod, spec.container);
  if (spec.restartProof !== 'strict' || !container.ok || knownArgv(container.value) !== null) {
    return [];
  }
  const what = `the manifest does not tell the exact command line of ${container.value.name}`;
  const help =
    'its process cannot be recognised (no command, or $(VAR) from elsewhere); set restartProof: weak to go without that proof';
  return [refusal('SP2025', pod.path, what, help)];
}

function ownerWarning(pod: PodSource, released: boolean): Diagnostic[] {
  const owner = ownerOf(pod);
  return owner === null
    ? []
    : [
        {
          code: 'SP2110',
          severity: 'warning',
          message: `${pod.path}: ${ownerWords(owner, released)}`,
        },
      ];
}

function containerNames(pod: PodSource): readonly string[] {
  return (['containers', 'initContainers'] as const).flatMap((group) =>
    decodedContainers(pod, group).flatMap((one) => {
      const name = asMap(one)?.['name'];
      return typeof name === 'string' ? [name] : [];
    }),
  );
}

function lineOf(pod: PodSource, name: string | null): CommandLine | null {
  const container = readContainer(pod, name);
  const line = container.ok ? readCommandLine(container.value) : container;
  return line.ok ? line.value : null;
}
