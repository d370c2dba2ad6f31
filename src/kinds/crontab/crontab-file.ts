import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import { meaningOf, splitLines } from './crontab-line.ts';
import type { CrontabLine } from './crontab-line.ts';
import { keyOf, markerIn } from './marker.ts';
import type { Marker } from './marker.ts';

/** A piece of a crontab, in its order: a line of somebody else, or a marker with the line that it makes ours. */
export type Piece =
  | { readonly ours: false; readonly line: CrontabLine; readonly number: number }
  | OwnPiece;

export interface OwnPiece {
  readonly ours: true;
  readonly marker: Marker;
  readonly mark: CrontabLine;
  /** `null`: the marker stands alone, somebody took its line away. */
  readonly body: CrontabLine | null;
  /** Of the marker, from 1. */
  readonly number: number;
}

export interface Crontab {
  readonly pieces: readonly Piece[];
  readonly own: ReadonlyMap<ItemKey, OwnPiece>;
}

/** Fails with SP2254: ends of lines that cron does not know, NUL bytes, a marker that stands there twice. */
export function readCrontabFile(image: FileImage, path: string): Result<Crontab> {
  const lines = splitLines(image.exists ? Buffer.from(image.bytes).toString('latin1') : '');
  const pieces: Piece[] = [];
  const own = new Map<ItemKey, OwnPiece>();
  const problems: Diagnostic[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const number = at + 1;
    const odd = oddEnd(line, path, number);
    if (odd !== null) problems.push(odd);
    const marker = markerIn(line.text);
    if (marker === null) {
      pieces.push({ ours: false, line, number });
      continue;
    }
    const next = lines[at + 1];
    const body = next !== undefined && fits(marker, next) ? next : null;
    if (body !== null) at += 1;
    const piece: OwnPiece = { ours: true, marker, mark: line, body, number };
    const first = own.get(keyOf(marker));
    if (first !== undefined) problems.push(twice(piece, first, path));
    own.set(keyOf(marker), piece);
    pieces.push(piece);
  }
  return problems.length > 0 ? fail(...problems) : ok({ pieces, own });
}

/** A marker makes the line after it ours where that is of its sort. */
function fits(marker: Marker, line: CrontabLine): boolean {
  const meaning = meaningOf(line);
  if (marker.what === 'job') return meaning.is === 'job';
  return meaning.is === 'setting' && meaning.setting.name === marker.name;
}

function oddEnd({ text }: CrontabLine, path: string, line: number): Diagnostic | null {
  const nul = text.indexOf('\0');
  const column = (nul === -1 ? text.indexOf('\r') : nul) + 1;
  if (column === 0) return null;
  const what = nul === -1 ? 'a carriage return' : 'a NUL byte';
  const message = `${path}:${line}:${column}: ${what} in a crontab: to cron it is no end of a line, and the file may be ignored as a whole`;
  const help = 'take them out: sed -i "s/\\r$//"';
  return { code: 'SP2254', severity: 'error', message, at: { file: path, line, column }, help };
}

function twice({ marker, mark, number }: OwnPiece, first: OwnPiece, path: string): Diagnostic {
  return {
    code: 'SP2254',
    severity: 'error',
    message: `${path}:${number}: the marker of ${keyOf(marker)} stands here again, first in line ${first.number}`,
    at: { file: path, line: number, column: 1 },
    help: `take one of them out, with the line after it: ${mark.text}`,
  };
}
