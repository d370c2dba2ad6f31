import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { Crontab, Piece } from './crontab-file.ts';
import { meaningOf } from './crontab-line.ts';
import { keyOf } from './marker.ts';

/** Settings act on every job below them: ours on jobs that somebody put below, others' on ours (SP2258, a warning each). */
export function judgeNeighbours(
  { pieces }: Crontab,
  own: ReadonlySet<ItemKey>,
  path: string,
): readonly Diagnostic[] {
  const ours = new Set<string>();
  const covered = new Map<string, number>();
  const told = new Map<string, Diagnostic>();
  for (const piece of pieces) {
    const here = contentOf(piece);
    if (here === null) continue;
    const mine = piece.ours && own.has(keyOf(piece.marker));
    if (here.setting !== null) {
      if (mine) ours.add(here.setting);
      else if (ours.has(here.setting)) covered.set(here.setting, here.line);
    } else if (mine) {
      for (const [name, line] of covered) told.set(name, hidden(path, line, name));
    } else {
      const names = [...ours].filter((one) => !covered.has(one));
      if (names.length > 0 && !told.has('')) told.set('', reached(path, here.line, names));
    }
  }
  return [...told.values()];
}

interface Content {
  /** `null`: a job. */
  readonly setting: string | null;
  readonly line: number;
}

function contentOf(piece: Piece): Content | null {
  const line = piece.ours ? piece.body : piece.line;
  if (line === null) return null;
  const meaning = meaningOf(line);
  const at = piece.ours ? piece.number + 1 : piece.number;
  if (meaning.is === 'nothing') return null;
  return { setting: meaning.is === 'setting' ? meaning.setting.name : null, line: at };
}

function hidden(path: string, line: number, name: string): Diagnostic {
  return {
    code: 'SP2258',
    severity: 'warning',
    message: `${path}:${line}: ${name} is set here again, and jobs of this resource below run with that`,
    at: { file: path, line, column: 1 },
    help: 'move that line below the jobs that setpoint marks',
  };
}

function reached(path: string, line: number, names: readonly string[]): Diagnostic {
  return {
    code: 'SP2258',
    severity: 'warning',
    message: `${path}:${line}: a job that is not of this resource runs with its environment (${names.join(', ')})`,
    at: { file: path, line, column: 1 },
    help: 'move that line above the first line that setpoint marks, or give it a file of its own in /etc/cron.d',
  };
}
