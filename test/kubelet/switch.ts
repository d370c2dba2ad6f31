/** Something that a test can hold up until it says so. */
export interface Switch {
  readonly open: () => void;
  readonly close: () => void;
  readonly isOpen: () => boolean;
  /** Resolves when it is open: at once, or when somebody opens it. */
  readonly passes: () => Promise<void>;
}

export function createSwitch(): Switch {
  let waiting: (() => void)[] = [];
  let closed = false;
  return {
    open() {
      closed = false;
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    },
    close() {
      closed = true;
    },
    isOpen: () => !closed,
    passes: () =>
      closed ? new Promise((resolve) => waiting.push(() => resolve())) : Promise.resolve(),
  };
}
