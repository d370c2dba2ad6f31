import { likelyComponent } from './component.ts';
import { literalEnvironment } from './argv.ts';
import type { WrittenContainer } from './container.ts';
import { startedOf } from './running-component.ts';

/** What the environment of a container says of one flag of etcd. */
export type Variable =
  | { readonly state: 'given'; readonly text: string }
  /** `unknown`: it is there, with a value from elsewhere. `unseen`: `envFrom` may have it. */
  | { readonly state: 'absent' | 'empty' | 'unknown' | 'unseen' };

/** The variable that etcd takes for a flag: `ETCD_DATA_DIR` for `data-dir`. Source: go.etcd.io/etcd/pkg flags (FlagToEnv). */
export function etcdVariable(flag: string): string {
  return `ETCD_${flag.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Reads it, as literalEnvironment has the variables. etcd takes one for a flag that is not given, and none that is empty; a flag
 * that is given beside its variable, even an empty one, ends etcd at its start. Source: 3.4 to 3.6, pkg flags (SetFlagsFromEnv,
 * verifyEnv).
 */
export function readVariable(
  environment: ReadonlyMap<string, string | null>,
  flag: string,
): Variable {
  const text = environment.get(etcdVariable(flag));
  if (text === undefined) return { state: environment.has('') ? 'unseen' : 'absent' };
  if (text === null) return { state: 'unknown' };
  return text === '' ? { state: 'empty' } : { state: 'given', text };
}

/**
 * What the environment sets a flag of etcd to; `null`: nothing that can be seen, or the container runs something else. A value from
 * elsewhere is `$(ETCD_…)`, which every reader takes for one that is not known.
 */
export function etcdSetting(container: WrittenContainer, flag: string): string | null {
  if (likelyComponent(startedOf(container), container.name) !== 'etcd') return null;
  const variable = readVariable(literalEnvironment(container.decoded), flag);
  if (variable.state === 'unknown') return `$(${etcdVariable(flag)})`;
  return variable.state === 'given' ? variable.text : null;
}
