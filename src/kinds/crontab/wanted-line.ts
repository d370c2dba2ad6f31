import type { ItemEdit } from '../kind.ts';
import { meaningOf } from './crontab-line.ts';
import { settingLine } from './judge-environment.ts';
import type { Marker } from './marker.ts';

/**
 * The line that an edit wants after its marker, bytes as characters; `null`: neither it nor the marker; `undefined`: what was declared or
 * recorded is no such line.
 */
export function wantedLine(edit: ItemEdit, marker: Marker): string | null | undefined {
  if (edit.op === 'restore') {
    const { version, line } = edit.before;
    if (version !== 1) return undefined;
    if (line === null) return null;
    return typeof line === 'string' && isOf(marker, line) ? line : undefined;
  }
  const { value } = edit.item;
  if (value === null) return null;
  const line =
    marker.what === 'env'
      ? settingLine(marker.name, value)
      : Buffer.from(value, 'utf8').toString('latin1');
  return line !== null && isOf(marker, line) ? line : undefined;
}

function isOf(marker: Marker, text: string): boolean {
  if (['\n', '\r', '\0'].some((end) => text.includes(end))) return false;
  const meaning = meaningOf({ text, ended: true });
  if (marker.what === 'job') return meaning.is === 'job';
  return meaning.is === 'setting' && meaning.setting.name === marker.name;
}
