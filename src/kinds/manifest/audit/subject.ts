import type { ComponentName } from '../../../catalogue/cis/row.ts';
import type { Argument } from './argument.ts';

/** Where a component was found. */
export type Origin =
  | { readonly kind: 'manifest'; readonly path: string; readonly container: string }
  | { readonly kind: 'process'; readonly pid: number };

/** A component with its arguments, as a manifest or a process tells them. */
export interface Subject {
  readonly component: ComponentName;
  readonly origin: Origin;
  /** Those after the program and its subcommand; or why they cannot be told. */
  readonly arguments: readonly Argument[] | { readonly unreadable: string };
  /** Variables, for components that read settings from them; `null` values, and all where the map is null, come from elsewhere. */
  readonly environment: ReadonlyMap<string, string | null> | null;
  /** The whole argument vector where it is known. */
  readonly argv: readonly string[] | null;
  /** Of a manifest's container. */
  readonly image: string | null;
  /** Settings of the kubelet's own file; null where there is none. */
  readonly settings?: unknown;
}
