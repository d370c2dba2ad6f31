import { readFileSync } from 'node:fs';

const CAP_SYS_RESOURCE = 24n;

/** `null`, or why this process may not lower its out-of-memory score (capabilities(7)). */
export const SCORE_FIXED: string | null = findReason();

function findReason(): string | null {
  const status = readFileSync('/proc/self/status', 'utf8');
  const [, effective = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  const may = ((BigInt(`0x${effective}`) >> CAP_SYS_RESOURCE) & 1n) === 1n;
  return may ? null : ' (needs CAP_SYS_RESOURCE)';
}
