import { printable, printableLine } from '../../../diagnostics/printable.ts';
import { notShown } from '../unified-diffs.ts';
import type { Again, FileConflict, Shown } from './file-conflict.ts';
import type { Region } from './three-sides.ts';

const AGAIN: Readonly<Record<Again, string>> = {
  merges: 'no line overlaps: planning again merges both changes',
  overlaps:
    'lines overlap: planning again does what the plan declares; look at what is theirs first',
  undoes: 'no line overlaps, but the plan owns what they changed: planning again takes theirs back',
};

/** For the terminal: which file, what the sides are, each region with whose it is. Ends with a newline. */
export function conflictText({ path, shown }: FileConflict): string {
  if (shown.is === 'hidden') return notShown(path);
  const sides = `${printableLine(path)}: theirs is live now, ours is what the set wanted\n`;
  return `${sides}${sentenceOf(shown)}\n${bodyOf(shown)}`;
}

/** For a pull request: the same as headings and `diff` blocks. */
export function conflictMarkdown(conflicts: readonly FileConflict[]): string {
  const files = conflicts.map(({ path, shown }) => {
    const title = `### ${code(printableLine(path))}\n\n`;
    if (shown.is === 'hidden') return `${title}It differs; its content is not shown.\n`;
    const body = bodyOf(shown);
    return `${title}${capital(sentenceOf(shown))}.\n\n${body === '' ? '' : fenced(body)}`;
  });
  const sides = 'Theirs is live on the host now, ours is what the change set wanted.';
  const next = 'Plan again and have the new set reviewed: `setpoint plan --out FILE`.';
  return [`## Changed since the change set was made\n\n${sides} ${next}\n`, ...files].join('\n');
}

function sentenceOf(shown: Exclude<Shown, { is: 'hidden' }>): string {
  if (shown.is === 'regions') return AGAIN[shown.again];
  if (shown.is === 'not-lines') {
    return 'the contents differ too much, or are no text: not shown line by line';
  }
  return `nothing keeps what the set saw, only its hash (SHA-256 ${shown.sha256}); theirs cannot be told from what was there before (setpoint drift --record before plan --out keeps it); this is what was planned`;
}

function bodyOf(shown: Exclude<Shown, { is: 'hidden' }>): string {
  if (shown.is === 'not-lines') return '';
  if (shown.is === 'base-unknown') return printable(shown.planned);
  return shown.regions.map(regionText).join('');
}

function regionText(region: Region): string {
  const { by, line, before } = region;
  const head = `@@ ${String(line)} @@ ${by === 'same' ? 'both made the same change' : by}\n`;
  const context = before === null ? '' : marked(' ', [before]);
  if (by !== 'overlap') {
    const after = by === 'theirs' ? region.theirs : region.ours;
    return `${head}${context}${marked('-', region.base)}${marked('+', after)}`;
  }
  return [
    head,
    context,
    '<<<<<<< theirs\n',
    marked('', region.theirs),
    '||||||| base, which the set saw\n',
    marked('', region.base),
    '=======\n',
    marked('', region.ours),
    '>>>>>>> ours\n',
  ].join('');
}

/** Lines were taken as bytes; each gets its mark and an end. */
function marked(mark: string, lines: readonly string[]): string {
  return lines
    .map((line) => {
      const text = Buffer.from(line, 'latin1').toString('utf8');
      const end = text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n';
      return printable(`${mark}${text}${end}`);
    })
    .join('');
}

/** Longer than every run of backticks in it: no line of a file ends the block. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}diff\n${text}${fence}\n`;
}

function code(text: string): string {
  const mark = '`'.repeat(longestRun(text) + 1);
  return text.includes('`') ? `${mark} ${text} ${mark}` : `${mark}${text}${mark}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
