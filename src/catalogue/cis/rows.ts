import type { CisRow, ComponentName, FlagType } from './row.ts';
import { APISERVER_ACCESS } from './rows/apiserver-access.ts';
import { APISERVER_ADMISSION } from './rows/apiserver-admission.ts';
import { APISERVER_RECORDS } from './rows/apiserver-records.ts';
import { CONTROLLER_MANAGER } from './rows/controller-manager.ts';
import { ETCD } from './rows/etcd.ts';
import { KUBELET } from './rows/kubelet.ts';
import { SCHEDULER } from './rows/scheduler.ts';
import type { CisVersion } from './versions.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** Every row that flags decide, of every version, by id. Facts: the benchmark as kube-bench cfg/cis-* and the 2.1.0 audit files have it. */
export const CIS_ROWS: readonly CisRow[] = [
  ...APISERVER_ACCESS,
  ...APISERVER_ADMISSION,
  ...APISERVER_RECORDS,
  ...CONTROLLER_MANAGER,
  ...SCHEDULER,
  ...ETCD,
  ...KUBELET,
].sort((a, b) => collator.compare(a.id, b.id));

/** The rows of one version, by id. */
export function rowsOf(version: CisVersion): readonly CisRow[] {
  return CIS_ROWS.filter((row) => row.versions.includes(version));
}

/** A row as one version has it. */
export function findRow(version: CisVersion, id: string): CisRow | null {
  return rowsOf(version).find((row) => row.id === id) ?? null;
}

/** Versions that have a row, oldest first. */
export function versionsWith(id: string): readonly CisVersion[] {
  return CIS_ROWS.filter((row) => row.id === id).flatMap((row) => row.versions);
}

const TYPES: ReadonlyMap<string, FlagType> = new Map(
  CIS_ROWS.flatMap((row) => [
    ...[...row.demands, ...(row.instead === undefined ? [] : [row.instead])].map(
      ({ flag, type }): [string, FlagType] => [`${row.component} ${flag}`, type],
    ),
    ...(row.elsewhere ?? []).map((flag): [string, FlagType] => [
      `${row.component} ${flag}`,
      flag === 'admission-control' ? 'list' : 'string',
    ]),
  ]),
);

/** How a component reads a flag that rows name; null for any other flag. */
export function flagTypeOf(component: ComponentName, flag: string): FlagType | null {
  if (flag === 'config-file' && component === 'etcd') return 'string';
  if (flag === 'config' && component === 'kubelet') return 'string';
  return TYPES.get(`${component} ${flag}`) ?? null;
}
