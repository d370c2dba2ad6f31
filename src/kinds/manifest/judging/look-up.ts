import { findCatalogue, knownVersions } from '../../../catalogue/find-catalogue.ts';
import type { ComponentCatalogue } from '../../../catalogue/flag-facts.ts';
import { compareMinor, minorVersion } from '../../../catalogue/minor-version.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { RunningComponent } from '../pod/running-component.ts';

export type LookUp =
  | { readonly catalogue: ComponentCatalogue; readonly warnings: readonly Diagnostic[] }
  | { readonly catalogue: null; readonly refusals: readonly Diagnostic[] };

/**
 * The catalogue of what a container runs. Another version may have other flags, so an unknown one is refused (SP2064), or with
 * `lenient` the nearest known one stands in (SP2065).
 */
export function lookUp(
  running: RunningComponent,
  rule: 'strict' | 'lenient',
  path: string,
): LookUp {
  const { component, version, image } = running;
  const exact = version === null ? null : findCatalogue(component, version);
  if (exact !== null) return { catalogue: exact, warnings: [] };
  const versions = knownVersions(component);
  const nearest = nearestVersion(version, versions);
  const near = nearest === null ? null : findCatalogue(component, nearest);
  // Nothing at all is known of this component.
  if (near === null) return { catalogue: null, refusals: [] };
  const known = `${versions[0]} to ${versions.at(-1)}`;
  const what =
    version === null
      ? `the image ${JSON.stringify(image)} does not tell the version of ${component}`
      : `the flags of ${component} ${version} are not known`;
  if (rule === 'lenient') {
    const message = `${path}: ${what}; judged as ${component} ${near.version}`;
    return { catalogue: near, warnings: [{ code: 'SP2065', severity: 'warning', message }] };
  }
  const help = `known are ${known}; \`catalogue: lenient\` on the resource judges by the nearest one and only warns, \`catalogue: off\` does not look`;
  return { catalogue: null, refusals: [refusal('SP2064', path, what, help)] };
}

/** The same or the next lower one, else the lowest; of an unknown version the newest. */
function nearestVersion(version: string | null, known: readonly string[]): string | null {
  const minor = version === null ? null : minorVersion(version);
  if (minor === null) return known.at(-1) ?? null;
  return known.findLast((one) => compareMinor(one, minor) <= 0) ?? known[0] ?? null;
}
