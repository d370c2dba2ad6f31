import type { ItemKey } from '../../../../model/brand.ts';
import { flagsNamed } from '../../flags/command-line.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { settingText } from '../flag-text.ts';
import type { FlagReader } from '../probes/listeners.ts';
import { isAdopted, textBefore } from './adopted.ts';
import type { BeforeOf } from './extra-volumes.ts';
import type { KubeadmComponent, KubeadmPart, NodeArgument } from './part-types.ts';
import { isWrittenAnyhow } from './kubeadm-own.ts';
import { isOfNode } from './of-node.ts';

type Keys = ReadonlyMap<string, readonly ItemKey[]>;

interface Sorted extends Pick<KubeadmPart, 'args' | 'node' | 'removed' | 'leftOut'> {
  readonly readers: FlagReaders;
}

/** What each flag is, and to whom, once kubeadm has written the manifest with what it is told. */
export interface FlagReaders {
  /** To kubeadm, which makes the probes of its configuration before it applies patches. */
  readonly configured: FlagReader;
  /** To the component, which is started with the patches applied. */
  readonly started: FlagReader;
  readonly isOfNode: (flag: string) => boolean;
}

/** A declared flag as it stands after the plan. */
interface Flag {
  readonly name: string;
  readonly values: readonly string[];
  /** The item that was there before, as kubeadm wrote it. */
  readonly was: string | null;
  readonly fate: 'cluster' | 'node' | 'removed' | 'none' | Reason;
}

type Reason = keyof typeof REASONS;

const REASONS = {
  adopted: 'as kubeadm writes it by itself or its configuration has it already, nobody changed it',
  order: 'kubeadm sorts what is given several times, and another one would come first or last',
  several: 'it holds for this node only, and a patch has no place for several',
  port: 'kubeadm has it from localAPIEndpoint.bindPort of each node, and its probes ask there',
} as const;

/** Which of the declared flags kubeadm has to be told for all nodes, for this one, or not at all. */
export function sortFlags(
  component: KubeadmComponent,
  line: CommandLine,
  keys: Keys,
  beforeOf: BeforeOf,
  address: string | null,
): Sorted {
  const flags = [...keys].map(([name, own]): Flag => {
    const values = valuesOf(line, name);
    const was = textBefore(own, beforeOf);
    const isSame = values.length > 0 && own.every((key) => isAdopted(key, line, beforeOf));
    const flag = { name, values, was };
    return { ...flag, fate: fateOf(component, flag, isSame, address) };
  });
  const fated = (fate: Flag['fate']): readonly Flag[] => flags.filter((one) => one.fate === fate);
  const args = fated('cluster').flatMap(({ name, values }) =>
    values.map((value) => ({ name, value })),
  );
  return {
    args,
    ...patched(line, flags),
    leftOut: reasonsOf(flags),
    readers: readersOf(line, flags),
  };
}

/** Flags that no plan declares are taken for kubeadm's, as they stand. */
function readersOf(line: CommandLine, flags: readonly Flag[]): FlagReaders {
  const fates = new Map(flags.map((flag) => [flag.name, flag]));
  const read =
    (told: readonly Flag['fate'][]): FlagReader =>
    (name) => {
      const flag = fates.get(name);
      if (flag === undefined || told.includes(flag.fate)) return settingText(line, name);
      return flag.was === null ? null : flag.was.slice(flag.was.indexOf('=') + 1);
    };
  return {
    configured: read(['cluster', 'adopted']),
    started: read(['cluster', 'adopted', 'node', 'removed']),
    isOfNode: (name) => fates.get(name)?.fate === 'node',
  };
}

function fateOf(
  component: KubeadmComponent,
  { name, values, was }: Omit<Flag, 'fate'>,
  isSame: boolean,
  address: string | null,
): Flag['fate'] {
  const [value] = values;
  const ofNode = (text: string): boolean => isOfNode(component, name, text, address);
  if (value === undefined) {
    if (was === null) return 'none';
    return ofNode(was.slice(was.indexOf('=') + 1)) ? 'node' : 'removed';
  }
  if (isSame && (ofNode(values.join(',')) || isWrittenAnyhow(component, name, values.join(','))))
    return 'adopted';
  if (component === 'kube-apiserver' && name === 'secure-port') return 'port';
  if (values.some(ofNode)) return values.length === 1 ? 'node' : 'several';
  return isSorted(values) ? 'cluster' : 'order';
}

/** kubeadm sorts by name, then by value, as Go compares text: by bytes (app/util/arguments.go ArgumentsToCommand). */
function isSorted(values: readonly string[]): boolean {
  return values.every((value, index) => {
    const next = values[index + 1];
    return next === undefined || Buffer.compare(Buffer.from(value), Buffer.from(next)) <= 0;
  });
}

/**
 * The places of items that kubeadm, which sorts its flags, is expected to write. Removals come first, from the last place to the
 * first; the patch of the node finds them done.
 */
function patched(line: CommandLine, flags: readonly Flag[]): Pick<KubeadmPart, 'removed' | 'node'> {
  const ofNode = flags.filter(({ fate }) => fate === 'node');
  const removed = flags.filter(({ fate }) => fate === 'removed');
  const untold = new Set(flags.filter(isUnwritten).map(({ name }) => name));
  const present = line.tokens.flatMap((token) =>
    token.kind === 'flag' && !untold.has(token.name) ? [token.name] : [],
  );
  const gone = ofNode.filter(({ values }) => values.length === 0);
  const later = [...present, ...gone.map(({ name }) => name)];
  const first = [...later, ...removed.map(({ name }) => name)];
  const at = ({ name }: Flag, names: readonly string[]): number =>
    line.start + names.toSorted().indexOf(name);
  return {
    removed: removed.flatMap((flag) =>
      flag.was === null ? [] : [{ text: flag.was, index: at(flag, first) }],
    ),
    node: ofNode.map((flag): NodeArgument => {
      const [value] = flag.values;
      return {
        was: flag.was === null ? null : { text: flag.was, index: at(flag, later) },
        text: value === undefined ? null : `--${flag.name}=${value}`,
      };
    }),
  };
}

/** Neither kubeadm nor what it is told for all nodes has the flag. */
function isUnwritten({ fate, was }: Flag): boolean {
  return was === null && fate !== 'cluster' && fate !== 'adopted';
}

function reasonsOf(flags: readonly Flag[]): readonly string[] {
  return (Object.keys(REASONS) as Reason[]).flatMap((reason) => {
    const names = flags.filter(({ fate }) => fate === reason).map(({ name }) => `--${name}`);
    return names.length === 0 ? [] : [`${names.join(', ')}: ${REASONS[reason]}`];
  });
}

function valuesOf(line: CommandLine, name: string): readonly string[] {
  return flagsNamed(line, name).map(({ value, follower }) => value ?? follower?.text ?? 'true');
}
