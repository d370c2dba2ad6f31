import type { KubeletEvent } from './kubelet-event.ts';

/** One pod object, from the moment the kubelet wanted it: another UID is another generation. */
export interface Generation {
  readonly uid: string;
  readonly file: string;
  /** Arguments of each process that was started for it, in order. */
  readonly starts: readonly (readonly string[])[];
  readonly ended: boolean;
}

/** What was ever run of one pod name. */
export interface PodHistory {
  readonly generations: readonly Generation[];
  /** How often the kubelet wanted no such pod at all, the last time included. */
  readonly gaps: number;
}

/** `pod` is `namespace/name`. */
export function podHistory(events: readonly KubeletEvent[], pod: string): PodHistory {
  const generations: { uid: string; file: string; starts: string[][]; ended: boolean }[] = [];
  let gaps = 0;
  for (const event of events) {
    if (!('pod' in event) || event.pod !== pod) continue;
    if (event.type === 'pod-removed') gaps += 1;
    if (event.type === 'pod-added' || event.type === 'pod-changed')
      generations.push({ uid: event.uid, file: event.file, starts: [], ended: false });
    if (!('uid' in event)) continue;
    const generation = generations.findLast((one) => one.uid === event.uid);
    if (generation === undefined) continue;
    if (event.type === 'started') generation.starts.push([...event.argv]);
    if (event.type === 'stopped') generation.ended = true;
  }
  return { generations, gaps };
}
