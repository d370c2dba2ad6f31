import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { Crontab, OwnPiece, Piece } from './crontab-file.ts';
import { meaningOf } from './crontab-line.ts';
import type { CrontabLine } from './crontab-line.ts';
import { keyOf, markerLine, markerOf } from './marker.ts';

type Wanted = ReadonlyMap<ItemKey, string | null>;

/**
 * The lines with what is wanted in them. What stands there is changed in its place; new lines go below our last one, settings above our
 * first job, or all to the end. A setting acts on every job below it, so one that is set must have no job of others below: SP2257.
 */
export function laidOut(
  { pieces, own }: Crontab,
  wanted: Wanted,
  declared: ReadonlySet<ItemKey>,
  path: string,
): Result<readonly CrontabLine[]> {
  const kept = pieces.flatMap((piece) => (piece.ours ? changed(piece, wanted) : [piece]));
  const fresh = [...wanted].flatMap(([key, line]) =>
    line === null || own.has(key) ? [] : newPiece(key, line),
  );
  const settings = fresh.filter(({ marker }) => marker.what === 'env');
  const jobs = fresh.filter(({ marker }) => marker.what === 'job');
  const all = kept.toSpliced(belowOurs(kept), 0, ...jobs);
  const placed = all.toSpliced(placeOfSettings(all), 0, ...settings);
  const reached = reachedByOurs(pieces, placed, wanted);
  const refused = reached.filter(({ key }) => declared.has(key)).map((one) => problem(one, path));
  if (refused.length > 0) return fail(...refused);
  const told = reached.map((one): Diagnostic => ({ ...problem(one, path), severity: 'warning' }));
  return ok(withEnds(placed), told);
}

/** A marker that stands alone goes with any edit: some other line could come to stand below it, and would be taken for ours. */
function changed(piece: OwnPiece, wanted: Wanted): readonly Piece[] {
  const line = wanted.get(keyOf(piece.marker));
  if (line === undefined) return piece.body === null ? [] : [piece];
  if (line === null) return [];
  return [{ ...piece, body: { text: line, ended: piece.body?.ended ?? true } }];
}

function newPiece(key: ItemKey, line: string): readonly OwnPiece[] {
  const marker = markerOf(key);
  if (marker === null) return [];
  const mark = { text: markerLine(marker), ended: true };
  return [{ ours: true, marker, mark, body: { text: line, ended: true }, number: 0 }];
}

/** After our last piece, or at the end. */
function belowOurs(pieces: readonly Piece[]): number {
  const last = pieces.findLastIndex(({ ours }) => ours);
  return last === -1 ? pieces.length : last + 1;
}

/** Above our first job. */
function placeOfSettings(pieces: readonly Piece[]): number {
  const first = pieces.findIndex((piece) => piece.ours && piece.marker.what === 'job');
  return first === -1 ? belowOurs(pieces) : first;
}

interface Reach {
  readonly key: ItemKey;
  /** Where the job of somebody else stands now. */
  readonly number: number;
}

/** Settings whose line is set anew or goes, with a job of somebody else below that it would change. */
function reachedByOurs(
  before: readonly Piece[],
  after: readonly Piece[],
  wanted: Wanted,
): readonly Reach[] {
  return [...wanted].flatMap(([key, line]) => {
    if (markerOf(key)?.what !== 'env') return [];
    const pieces = line === null ? before : after;
    const at = pieces.findIndex((piece) => piece.ours && keyOf(piece.marker) === key);
    if (at === -1) return [];
    const below = pieces.slice(at).find((piece) => !piece.ours && isJob(piece.line));
    return below === undefined ? [] : [{ key, number: below.number ?? 0 }];
  });
}

function isJob(line: CrontabLine): boolean {
  return meaningOf(line).is === 'job';
}

function problem({ key, number }: Reach, path: string): Diagnostic {
  const name = key.slice('env:'.length);
  return {
    code: 'SP2257',
    severity: 'error',
    message: `${path}:${number}: this line of somebody else would run with another ${name}: in a crontab a setting acts on every job below it`,
    at: { file: path, line: number, column: 1 },
    help: 'move that line above the first line that setpoint marks, or give these jobs a file of their own in /etc/cron.d',
  };
}

/** A line that others follow has an end; ours always have. */
function withEnds(pieces: readonly Piece[]): readonly CrontabLine[] {
  const lines = pieces.flatMap((piece) => {
    if (!piece.ours) return [piece.line];
    const body = piece.body === null ? [] : [{ ...piece.body, ended: true }];
    return [{ ...piece.mark, ended: true }, ...body];
  });
  return lines.map((line, at) => (at < lines.length - 1 ? { ...line, ended: true } : line));
}
