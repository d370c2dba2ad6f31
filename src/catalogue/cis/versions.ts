/** Versions of the benchmark, oldest first. Of `cis-2.1` one row is known, 1.2.1: what else it changed is not. */
export const CIS_VERSIONS = [
  'cis-1.9',
  'cis-1.10',
  'cis-1.11',
  'cis-1.12',
  'cis-2.0',
  'cis-2.1',
] as const;

export type CisVersion = (typeof CIS_VERSIONS)[number];

export function isCisVersion(text: string): text is CisVersion {
  return (CIS_VERSIONS as readonly string[]).includes(text);
}

/** 1.9 to 2.0; they differ in few rows. */
export const ALL_CIS: readonly CisVersion[] = CIS_VERSIONS.filter((one) => one !== 'cis-2.1');

/** First Kubernetes minor that a version is for. Source: kube-bench cfg/config.yaml; 2.0 is for 1.34 too, there 1.12 is older and named. */
const FIRST_MINOR: readonly (readonly [number, CisVersion])[] = [
  [35, 'cis-2.0'],
  [32, 'cis-1.12'],
  [29, 'cis-1.11'],
  [28, 'cis-1.10'],
];

/** The benchmark for Kubernetes 1.`minor`; older ones than 1.27 get the oldest. */
export function cisVersionFor(minor: number): CisVersion {
  return FIRST_MINOR.find(([first]) => minor >= first)?.[1] ?? 'cis-1.9';
}
