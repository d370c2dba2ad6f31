import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MANIFEST } from '../rig/trap-host.ts';
import type { TrapHost } from '../rig/trap-host.ts';

/** As `kubeadm upgrade` does (phases/upgrade/staticpods.go): the old one is moved away, then the new one in. */
export async function upgrade(host: TrapHost, regenerated: string): Promise<void> {
  const { rig, kubelet, install } = host;
  await rename(rig.real(MANIFEST), join(rig.dir, 'kubeadm-backup.yaml'));
  await kubelet.settled();
  await install(regenerated);
  await kubelet.settled();
}

interface ClusterConfiguration {
  readonly apiServer: { readonly extraArgs: readonly { name: string; value: string }[] };
}

/**
 * What kubeadm makes of its own arguments and the extraArgs of a v1beta4 configuration: those win, and all of them are sorted
 * (kubeadm app/util/arguments.go ArgumentsToCommand).
 */
export function withExtraArgs(manifest: string, configuration: string): string {
  const { extraArgs } = (parse(configuration) as ClusterConfiguration).apiServer;
  const flags = /(?: {4}(?:#|- --).*\n)+/;
  const own = (flags.exec(manifest)?.[0] ?? '').split('\n').filter((line) => line.includes('- --'));
  const kept = own.filter((line) => !extraArgs.some(({ name }) => line.includes(`--${name}=`)));
  const given = extraArgs.map(({ name, value }) => `    - --${name}=${value}`);
  return manifest.replace(flags, `${[...kept, ...given].toSorted(asKubeadmSorts).join('\n')}\n`);
}

/** By name, then by value: `--a=1` before `--a-b=1`. */
function asKubeadmSorts(a: string, b: string): number {
  const [[nameA = '', valueA = ''], [nameB = '', valueB = '']] = [a, b].map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  }) as [string[], string[]];
  const [left, right] = nameA === nameB ? [valueA, valueB] : [nameA, nameB];
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
