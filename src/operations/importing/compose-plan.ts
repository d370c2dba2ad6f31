import { stringify } from 'yaml';

import type { InspectedManifest } from '../../kinds/manifest/inspect.ts';
import type { HostPath, PlanName } from '../../model/brand.ts';

/** Where a workspace may keep the plan schema for editors (`setpoint schema plan > schemas/plan.schema.json`). */
export const SCHEMA_FILE = 'schemas/plan.schema.json';

export interface PlanToCompose {
  readonly plan: PlanName;
  readonly path: HostPath;
  readonly manifest: InspectedManifest;
  /** The workspace holds SCHEMA_FILE: an editor is told so. */
  readonly withSchema: boolean;
}

/** Text of a plan file that declares what a manifest already says. */
export function composePlan({ plan, path, manifest, withSchema }: PlanToCompose): string {
  const flags = Object.fromEntries(
    manifest.flags.map(({ name, value, parts }) => [name, parts ?? plainValue(value)]),
  );
  const document = {
    setpoint: 'v1',
    name: plan,
    description: `Flags of ${manifest.container} as found in ${path}`,
    resources: {
      [manifest.container]: {
        kind: 'manifest',
        path,
        container: manifest.container,
        ...(manifest.fixedUid ? { uid: 'renew' } : {}),
        flags,
      },
    },
  };
  // Values are text; the compat rule quotes what a YAML 1.1 reader would take for something else.
  const yaml = stringify(document, { lineWidth: 0, compat: 'yaml-1.1' });
  const left = manifest.unsupported.map((line) => `# not managed: ${line}\n`).join('');
  const schema = withSchema ? `# yaml-language-server: $schema=../${SCHEMA_FILE}\n` : '';
  return `${schema}${yaml}${left}`;
}

/** Booleans and plain integers read better without quotes; plan files keep a scalar's text, so nothing is lost. */
function plainValue(value: string | null): string | number | boolean {
  if (value === null || value === 'true') return true;
  if (value === 'false') return false;
  return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}
