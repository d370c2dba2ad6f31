import type { ItemKey } from '../../../model/brand.ts';
import { PROBES } from '../pod/probe-name.ts';
import type { ProbeName } from '../pod/probe-name.ts';

export const PROBE_FIELDS = ['host', 'port', 'scheme'] as const;
export type ProbeField = (typeof PROBE_FIELDS)[number];

export interface ProbeTarget {
  readonly form: 'probe';
  readonly container: string;
  readonly probe: ProbeName;
  readonly field: ProbeField;
}

/** What an item of a manifest is that is no flag: `probes/<container>/<probe>/<field>`, or `metadata/uid`. */
export type CompanionTarget = ProbeTarget | { readonly form: 'uid' };

export const UID_KEY = 'metadata/uid' as ItemKey;

export function probeKey({ container, probe, field }: ProbeTarget): ItemKey {
  return `probes/${encodeURIComponent(container)}/${probe}/${field}` as ItemKey;
}

/** The inverse; `null` when the key is that of a flag, or none. */
export function parseCompanionKey(key: ItemKey): CompanionTarget | null {
  if (key === UID_KEY) return { form: 'uid' };
  const [head, container, name, last, ...rest] = key.split('/');
  const probe = PROBES.find((one) => one === name);
  const field = PROBE_FIELDS.find((one) => one === last);
  if (head !== 'probes' || !container || !probe || !field || rest.length > 0) return null;
  try {
    return { form: 'probe', container: decodeURIComponent(container), probe, field };
  } catch {
    return null;
  }
}
