import type { ItemKey } from '../../model/brand.ts';

/** What a marker line says is ours: the line after it. */
export interface Marker {
  readonly what: 'job' | 'env';
  readonly name: string;
}

const MARKER = /^# setpoint: (job|env) ([A-Za-z0-9_-]+)$/;

/** Comments to cron. They name no plan: an item may go from one plan to another without being written. */
export function markerLine({ what, name }: Marker): string {
  return `# setpoint: ${what} ${name}`;
}

export function markerIn(text: string): Marker | null {
  const [, what, name] = MARKER.exec(text) ?? [];
  return name === undefined ? null : { what: what === 'env' ? 'env' : 'job', name };
}

export function keyOf({ what, name }: Marker): ItemKey {
  return `${what}:${name}` as ItemKey;
}

export function markerOf(key: ItemKey): Marker | null {
  const at = key.indexOf(':');
  return markerIn(`# setpoint: ${key.slice(0, at)} ${key.slice(at + 1)}`);
}
