import type { ComponentName, FlagDemand } from '../../../catalogue/cis/row.ts';
import { flagTypeOf } from '../../../catalogue/cis/rows.ts';
import { findCatalogue, flagOfAnyVersion } from '../../../catalogue/find-catalogue.ts';
import { takesNextArgument } from '../../../catalogue/flag-type.ts';
import { imageVersion } from '../../../catalogue/image-version.ts';
import { asMap } from '../pod/check-pod.ts';
import { etcdVariable, readVariable } from '../pod/etcd-variable.ts';
import { readFlag, valueOf } from './flag-reading.ts';
import type { FlagReading } from './flag-reading.ts';
import { readArguments } from './read-arguments.ts';
import type { Occurrences } from './read-arguments.ts';
import type { Subject } from './subject.ts';

/** A flag's reading, and the line of the manifest that gives it. */
export interface Setting {
  readonly reading: FlagReading;
  readonly line: number | null;
}

/** The flags of a subject; null when its arguments cannot be told. */
export function flagsOf(subject: Subject): Occurrences | null {
  const { arguments: args, component, image } = subject;
  if ('unreadable' in args) return null;
  const parser = component === 'etcd' ? 'go' : 'pflag';
  return readArguments(args, parser, (flag) => takesValue(component, image, flag));
}

/** By the rows that name the flag, by the catalogue of the image's version, else by what all versions agree about. */
function takesValue(component: ComponentName, image: string | null, flag: string): boolean | null {
  const type = flagTypeOf(component, flag);
  if (type !== null) return type !== 'bool';
  const version = image === null ? null : imageVersion(image);
  const catalogue = version === null ? null : findCatalogue(component, version);
  const known = catalogue?.flags.get(flag) ?? flagOfAnyVersion(component, flag);
  return known === null ? null : takesNextArgument(known.goType);
}

/** What a demand's flag is: on the command line, else in etcd's environment or the kubelet's file. */
export function readSetting(
  subject: Subject,
  flags: Occurrences,
  demand: Pick<FlagDemand, 'config' | 'flag' | 'type'>,
): Setting {
  const { flag, type, config } = demand;
  const occurrences = flags.get(flag) ?? [];
  const reading = readFlag(flag, type, occurrences);
  const line = occurrences.at(-1)?.at.line ?? null;
  if (reading.state !== 'unset') return { reading, line };
  if (subject.component === 'etcd') return { reading: fromEnvironment(subject, demand), line };
  if (config === undefined || subject.settings === undefined) return { reading, line };
  return { reading: fromSettings(subject.settings, config, demand), line };
}

function fromEnvironment(
  { environment }: Subject,
  { flag, type }: Pick<FlagDemand, 'flag' | 'type'>,
): FlagReading {
  const name = etcdVariable(flag);
  const elsewhere = `--${flag} is not given, and ${name} may be set where it cannot be seen`;
  if (environment === null) return { state: 'unknown', why: elsewhere, shown: null };
  const variable = readVariable(environment, flag);
  if (variable.state === 'given') return given(type, [variable.text], `${name}=${variable.text}`);
  return variable.state === 'unknown' || variable.state === 'unseen'
    ? { state: 'unknown', why: elsewhere, shown: null }
    : { state: 'unset' };
}

function fromSettings(
  settings: unknown,
  path: readonly string[],
  { type }: Pick<FlagDemand, 'type'>,
): FlagReading {
  let value: unknown = settings;
  for (const key of path) value = asMap(value)?.[key];
  if (value === undefined || value === null) return { state: 'unset' };
  const texts = textsOf(value);
  return given(type, [texts.join(',')], `${path.join('.')}: ${texts.join(', ')}`);
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((item: unknown) => String(item));
  const map = asMap(value);
  if (map !== null) return Object.entries(map).map(([key, entry]) => `${key}=${String(entry)}`);
  return [String(value)];
}

function given(type: FlagDemand['type'], texts: readonly string[], shown: string): FlagReading {
  const value = valueOf(type, texts);
  if (value !== null) return { state: 'given', value, shown };
  return { state: 'refused', why: `${shown} is not what is expected there`, shown };
}
