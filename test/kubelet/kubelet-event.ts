/** What the simulator tells; tests and the demo await these instead of sleeping. */
export type KubeletEvent =
  | FileEvent
  | PodEvent
  | ContainerEvent
  | { readonly type: 'relisted'; readonly files: readonly string[] };

/** What a directory event is to the kubelet (file_linux.go, produceWatchEvent). */
export type FileChange = 'create' | 'modify' | 'delete';

export type FileEvent =
  /** Something happened to this name; dot-names too, which the kubelet then leaves alone. */
  | { readonly type: 'file-event'; readonly file: string; readonly change: FileChange }
  | {
      readonly type: 'file-read';
      readonly file: string;
      readonly pod: string;
      readonly uid: string;
    }
  | { readonly type: 'refused'; readonly file: string; readonly reason: string };

export type PodEvent =
  | {
      readonly type: 'pod-added' | 'pod-changed' | 'pod-updated';
      readonly pod: string;
      readonly file: string;
      readonly uid: string;
    }
  | { readonly type: 'pod-removed'; readonly pod: string }
  | { readonly type: 'stopped' | 'stuck'; readonly pod: string; readonly uid: string };

export type ContainerEvent =
  | {
      readonly type: 'started';
      readonly pod: string;
      readonly uid: string;
      readonly container: string;
      readonly image: string;
      readonly pid: number;
      readonly argv: readonly string[];
    }
  | {
      readonly type: 'exited';
      readonly pod: string;
      readonly uid: string;
      readonly container: string;
      readonly pid: number | null;
      readonly code: number | null;
      readonly signal: string | null;
    }
  | {
      readonly type: 'probe-failed' | 'probe-killed';
      readonly pod: string;
      readonly container: string;
      readonly probe: string;
      readonly detail: string;
    };

export type KubeletListener = (event: KubeletEvent) => void;

/** `at`: milliseconds since 1970. */
export type LoggedEvent<T extends KubeletEvent = KubeletEvent> = T & { readonly at: number };

export type EventOf<T extends KubeletEvent['type']> = LoggedEvent<
  Extract<KubeletEvent, { type: T }>
>;
