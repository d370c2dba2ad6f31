export interface BackoffTimes {
  /** Milliseconds before the first restart; doubles with each (kubelet: 10 s). */
  readonly base: number;
  /** Upper limit, milliseconds (kubelet: 5 min). */
  readonly max: number;
}

export interface Backoff {
  /** Milliseconds until the next start. */
  readonly next: (key: string) => number;
}

/**
 * Back-off of containers that exit. The key holds the pod's UID (k/k kuberuntime/helpers.go getStableKey): a pod with another UID
 * starts without, one that returns with its earlier UID goes on where it was.
 */
export function createBackoff({ base, max }: BackoffTimes): Backoff {
  const delays = new Map<string, number>();
  return {
    next(key) {
      const delay = delays.get(key) ?? base;
      delays.set(key, Math.min(delay * 2, max));
      return delay;
    },
  };
}
