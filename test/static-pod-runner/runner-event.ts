/** What the runner tells; tests and the demo await these instead of sleeping. */
export type RunnerEvent =
  | { readonly type: 'pod-added'; readonly pod: string; readonly file: string }
  | { readonly type: 'pod-changed'; readonly pod: string; readonly file: string }
  | { readonly type: 'pod-removed'; readonly pod: string }
  | { readonly type: 'refused'; readonly file: string; readonly reason: string }
  | {
      readonly type: 'started';
      readonly pod: string;
      readonly container: string;
      readonly pid: number;
      readonly argv: readonly string[];
    }
  | {
      readonly type: 'exited';
      readonly pod: string;
      readonly container: string;
      readonly pid: number | null;
      readonly code: number | null;
      readonly signal: string | null;
    }
  | { readonly type: 'stopped'; readonly pod: string };

export type RunnerListener = (event: RunnerEvent) => void;
