import type { RunEventListener } from '../model/run-event.ts';

/** Consumer of a run's events that shows them somewhere. */
export interface Progress {
  readonly listener: RunEventListener;
  /** A line for people that is about no event; nothing may write to stderr on its own while a spinner paints there. */
  say(text: string): void;
  /** Resolves when everything is on the screen. */
  finish(): Promise<void>;
}
