import type { DoctorResult } from '../results.ts';

export type Finding = DoctorResult['findings'][number];

export function fine(name: string, detail: string): Finding {
  return { name, verdict: 'ok', detail, help: null };
}

export function doubtful(name: string, detail: string, help: string): Finding {
  return { name, verdict: 'warning', detail, help };
}

export function broken(name: string, detail: string, help: string): Finding {
  return { name, verdict: 'error', detail, help };
}
