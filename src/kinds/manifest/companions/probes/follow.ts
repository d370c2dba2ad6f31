import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../../diagnostics/diagnostic.ts';
import type { DesiredItem } from '../../../../model/item.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { PROBE_FIELDS, probeKey } from '../companion-key.ts';
import type { ProbeField } from '../companion-key.ts';
import { settingText } from '../flag-text.ts';
import { answers, isLoopback, probeHost } from './addresses.ts';
import { ADDRESS_FLAGS, listenersOf } from './listeners.ts';
import type { Listener } from './listeners.ts';
import {
  answersAt,
  isAnswered,
  letsIn,
  listenerAddress,
  networkProbes,
  probeAddress,
  speaks,
} from './probe.ts';
import type { Probe } from './probe.ts';

/**
 * What `probes: follow` wants: for each network probe of the container the fields that the declared address flags decide about.
 * A field stays as it is where the component will answer it; else it becomes what the component listens on. They go with their
 * flag: one that is no longer declared gives flag and fields back together. Fails with SP2102, SP2117.
 */
export function followedProbes(
  spec: ManifestSpec,
  line: CommandLine,
): Result<readonly DesiredItem[]> {
  const declared = new Map(
    Object.entries(spec.flags).map(([name, flag]) => [canonicalFlagName(name), flag]),
  );
  const flags = PROBE_FIELDS.flatMap((field) => Object.values(ADDRESS_FLAGS[field]).flat());
  if (!flags.some((flag) => declared.has(flag))) return ok([]);
  const live = listenersOf(line);
  const wanted = listenersOf(line, (flag) =>
    textAfter(declared.get(flag), settingText(line, flag)),
  );
  if (live === null || wanted === null) {
    const { name, source } = line.container;
    const what = `it cannot be told where ${name} listens, so its probes cannot follow`;
    const help = 'leave probes: follow out, and change the probes by hand';
    return fail(refusal('SP2102', source.path, what, help));
  }
  const problems: Diagnostic[] = [];
  const items = networkProbes(line.container).flatMap((probe) => {
    const own = listenerOf(probe, live, wanted);
    const fields = fieldsOf(probe, own, (flag) => declared.has(flag));
    const listening = wanted.filter(({ name }) => name === own);
    const candidates = listening.filter((one) => letsIn(probe, one));
    if (fields.length > 0 && candidates.length === 0) {
      problems.push(unanswered(line, probe, listening));
      return [];
    }
    return fields.map((field) => itemOf(line, probe, field, candidates));
  });
  return problems.length > 0 ? fail(...problems) : ok(items);
}

/** The fields of a probe that declared flags decide about, with the flags. */
export function decidedFields(
  probe: Probe,
  live: readonly Listener[],
  wanted: readonly Listener[],
  isDeclared: (flag: string) => boolean,
): readonly { readonly field: ProbeField; readonly flags: readonly string[] }[] {
  const own = listenerOf(probe, live, wanted);
  return fieldsOf(probe, own, isDeclared).map((field) => ({
    field,
    flags: ADDRESS_FLAGS[field][own].filter(isDeclared),
  }));
}

function fieldsOf(
  { action }: Probe,
  own: Listener['name'],
  isDeclared: (flag: string) => boolean,
): readonly ProbeField[] {
  return PROBE_FIELDS.filter((field) => field !== 'scheme' || action === 'httpGet').filter(
    (field) => ADDRESS_FLAGS[field][own].some(isDeclared),
  );
}

function unanswered({ container }: CommandLine, probe: Probe, listening: readonly Listener[]) {
  const { name, source } = container;
  const [one] = listening;
  const why =
    one === undefined
      ? `would not listen any more where the ${probe.name} probe asks (${probeAddress(probe)})`
      : `would ask the ${probe.name} probe for a client certificate at ${listenerAddress(one)}, and the kubelet has none`;
  const help =
    one === undefined
      ? 'keep an address that answers it, or take the probe out of the manifest by hand first'
      : 'keep an address that answers it (for etcd an http:// one under listen-metrics-urls), or leave probes: follow out and change the probe by hand';
  return refusal('SP2117', source.path, `${name} ${why}`, help);
}

function textAfter(declaration: FlagDeclaration | undefined, now: string | null): string | null {
  if (declaration?.form === 'value') return declaration.value;
  if (declaration?.form === 'absent') return null;
  if (declaration?.form !== 'elements') return now;
  const { include, exclude } = declaration;
  const kept = (now ?? '').split(',').filter((one) => one !== '' && !exclude.includes(one));
  return [...kept, ...include.filter((one) => !kept.includes(one))].join(',');
}

/** The listener that a probe is about: the one it is answered by, or will be; else the only kind there is. */
function listenerOf(
  probe: Probe,
  live: readonly Listener[],
  wanted: readonly Listener[],
): Listener['name'] {
  for (const listeners of [live, wanted]) {
    const sure = listeners.find((one) => answersAt(probe, one) && speaks(probe, one));
    const found = sure ?? listeners.find((one) => answersAt(probe, one));
    if (found !== undefined) return found.name;
  }
  const names = wanted.map(({ name }) => name);
  return names.includes('metrics') ? 'metrics' : (names[0] ?? 'secure');
}

function itemOf(
  { container }: CommandLine,
  probe: Probe,
  field: ProbeField,
  candidates: readonly Listener[],
): DesiredItem {
  const key = probeKey({ form: 'probe', container: container.name, probe: probe.name, field });
  const target = isAnswered(probe, candidates) ? undefined : bestOf(probe, candidates);
  const value = target === undefined ? probe[field] : valueFor(probe, field, target);
  return { key, value, label: `${probe.name}Probe.${field}` };
}

function bestOf(probe: Probe, candidates: readonly Listener[]): Listener | undefined {
  return (
    candidates.find((one) => answers(one.host, probe.host)) ??
    candidates.find((one) => isLoopback(one.host)) ??
    candidates[0]
  );
}

function valueFor(probe: Probe, field: ProbeField, target: Listener): string | null {
  if (field === 'port') return answersAt(probe, target) ? probe.port : String(target.port);
  if (field === 'scheme') return speaks(probe, target) ? probe.scheme : target.scheme;
  return answers(target.host, probe.host) ? probe.host : probeHost(target.host);
}
