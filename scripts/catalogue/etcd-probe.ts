/** The type of a flag, from what a real etcd says to values of it: `etcd --NAME=VALUE --help` reads the value and starts nothing. */

/** The first line of the complaint; `null` when the value is taken. */
export type Probe = (name: string, value: string) => Promise<string | null>;

/** Values without a rule: the binary takes any text for them. Lists by pkg/flags of etcd 3.4 (etcdmain/config.go, newConfig). */
const LISTS: Readonly<Record<string, string>> = {
  'cipher-suites': 'StringsValue',
  'host-whitelist': 'UniqueStringsValue',
  'log-output': 'UniqueStringsValue',
  'log-outputs': 'UniqueStringsValue',
};

/** A type word as programs/etcd prints it; `null` for a flag that the binary has not. */
export async function probedType(name: string, probe: Probe): Promise<string | null> {
  const complaint = await probe(name, 'zz');
  if (complaint === null) return LISTS[name] ?? 'string';
  if (complaint.includes('not defined')) return null;
  if (complaint.includes('no longer supported')) return 'IgnoredFlag';
  if (complaint.includes('boolean')) return 'bool';
  if (complaint.includes('URL scheme')) return 'UniqueURLs';
  if (complaint.endsWith(': invalid value')) return 'SelectiveStringValue';
  if ((await probe(name, '1s')) === null) return 'duration';
  return (await probe(name, '-1')) === null ? 'int' : 'uint';
}
