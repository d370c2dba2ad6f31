import { stringify } from 'yaml';
import type { DeclaredMount } from './extra-volumes.ts';
import { nodeSteps, patchSteps } from './json-patch.ts';
import type { KubeadmArgument, KubeadmComponent, KubeadmPart } from './part-types.ts';

export type KubeadmApi = 'v1beta3' | 'v1beta4';

/** Where ClusterConfiguration has the arguments of a component. */
const PLACES: Readonly<Record<KubeadmComponent, readonly string[]>> = {
  'kube-apiserver': ['apiServer'],
  'kube-controller-manager': ['controllerManager'],
  'kube-scheduler': ['scheduler'],
  etcd: ['etcd', 'local'],
};

/** kubeadm writes v1beta4 from 1.31 on. */
const FIRST_WITH_V1BETA4 = 31;

/** The form of the configuration that goes with the oldest image. */
export function apiFor(parts: readonly KubeadmPart[]): KubeadmApi {
  const old = parts.some(({ minor }) => minor !== null && minor < FIRST_WITH_V1BETA4);
  return old ? 'v1beta3' : 'v1beta4';
}

/** Arguments that are given several times, which only the list of v1beta4 can hold. */
export function repeatedArguments(parts: readonly KubeadmPart[]): readonly string[] {
  return mergedParts(parts).flatMap(({ component, args }) =>
    args.flatMap(({ name }, index) =>
      args.findIndex((one) => one.name === name) < index ? [`--${name} of ${component}`] : [],
    ),
  );
}

/**
 * YAML for kubeadm: a ClusterConfiguration with the arguments (v1beta4: a list of name and value, v1beta3: a map) and mounts, and for
 * each component a JSON patch with what that cannot say. `command` is an atomic list, so the patch names places; it tests
 * what stands there first, and a kubeadm that writes it elsewhere stops instead of losing another flag.
 */
export function kubeadmText(
  parts: readonly KubeadmPart[],
  api: KubeadmApi,
  leftOut: readonly string[],
): string {
  const merged = mergedParts(parts);
  const notes = leftOut.map((line) => `# left out: ${line}\n`).join('');
  const documents = [configuration(merged, api), ...merged.flatMap(patches)].filter(
    (text) => text !== null,
  );
  return notes + documents.join('---\n');
}

function configuration(parts: readonly KubeadmPart[], api: KubeadmApi): string | null {
  const told = parts.flatMap((part) => {
    const fields = fieldsOf(part, api);
    return Object.keys(fields).length === 0 ? [] : [{ component: part.component, fields }];
  });
  if (told.length === 0) return null;
  const document: Record<string, unknown> = {
    apiVersion: `kubeadm.k8s.io/${api}`,
    kind: 'ClusterConfiguration',
  };
  for (const { component, fields } of told) {
    const [place = '', ...inner] = PLACES[component];
    document[place] = inner.reduceRight<unknown>((value, key) => ({ [key]: value }), fields);
  }
  return `# to be merged into ClusterConfiguration of the ConfigMap kube-system/kubeadm-config\n${yaml(document)}`;
}

/** What ClusterConfiguration has to say of a component. Its etcd has no extraVolumes (LocalEtcd). */
function fieldsOf(
  { component, args, mounts }: KubeadmPart,
  api: KubeadmApi,
): Readonly<Record<string, unknown>> {
  const extraArgs = api === 'v1beta4' ? args : argumentMap(args);
  const extraVolumes = component === 'etcd' ? [] : mounts.map(({ volume }) => volume);
  return {
    ...(args.length === 0 ? {} : { extraArgs }),
    ...(extraVolumes.length === 0 ? {} : { extraVolumes }),
  };
}

/** Without those that are repeated: which of them would count? */
function argumentMap(args: readonly KubeadmArgument[]): Readonly<Record<string, string>> {
  const single = args.filter(({ name }) => args.filter((one) => one.name === name).length === 1);
  return Object.fromEntries(single.map(({ name, value }) => [name, value]));
}

/** kubeadm takes the files of a directory by their names, so what is for all nodes comes first. */
function patches(part: KubeadmPart): readonly string[] {
  const { component } = part;
  const directory = 'in the directory of kubeadm upgrade apply --patches';
  const documents = [
    { head: `# ${component}0+json.yaml ${directory}`, steps: patchSteps(part) },
    {
      head: `# ${component}1+json.yaml ${directory}, on this node only: another one has values of its own`,
      steps: nodeSteps(part),
    },
  ];
  return documents.flatMap(({ head, steps }) =>
    steps.length === 0 ? [] : [`${head}\n${yaml(steps)}`],
  );
}

/** One part a component, its arguments by name and its mounts, each once. */
function mergedParts(parts: readonly KubeadmPart[]): readonly KubeadmPart[] {
  const components = (Object.keys(PLACES) as KubeadmComponent[]).toSorted();
  return components.flatMap((component) => {
    const own = parts.filter((part) => part.component === component);
    const [first] = own;
    if (first === undefined) return [];
    const args = own.flatMap((part, index) =>
      part.args.filter((arg) => !own.slice(0, index).some((one) => holds(one.args, arg))),
    );
    const removed = own.flatMap((part) => part.removed);
    const node = own.flatMap((part) => part.node);
    const probes = own.flatMap((part) => part.probes);
    const leftOut = own.flatMap((part) => part.leftOut);
    const mounts = own
      .flatMap((part) => part.mounts)
      .filter(({ volume: { mountPath } }, index, all) => index === placeOf(all, mountPath));
    return [
      {
        ...first,
        args: args.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        node,
        removed,
        probes,
        mounts,
        leftOut,
      },
    ];
  });
}

function placeOf(mounts: readonly DeclaredMount[], path: string): number {
  return mounts.findIndex(({ volume }) => volume.mountPath === path);
}

/** Two plans may declare elements of one flag. */
function holds(args: readonly KubeadmArgument[], { name, value }: KubeadmArgument): boolean {
  return args.some((one) => one.name === name && one.value === value);
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1' });
}
