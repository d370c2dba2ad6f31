import type { Diagnostic, Severity } from './diagnostic.ts';
import { helpOnce } from './help-once.ts';
import { printable, printableLine } from './printable.ts';
import { sortDiagnostics } from './sort.ts';

export type DiagnosticPart = Severity | 'message' | 'place' | 'frame' | 'mark' | 'help';

/** Colours one part of a diagnostic. */
export type Paint = (part: DiagnosticPart, text: string) => string;

export interface RenderOptions {
  readonly color: boolean;
  /** Default: SGR colours. Used only with `color`. */
  readonly paint?: Paint;
}

const SGR: Readonly<Record<DiagnosticPart, string>> = {
  error: '1;31',
  warning: '1;33',
  note: '1;36',
  message: '1',
  place: '36',
  frame: '2',
  mark: '31',
  help: '32',
};

/** Colours with SGR sequences. The caller decides whether the stream wants them (NO_COLOR, TERM=dumb, no terminal). */
export function ansiPaint(part: DiagnosticPart, text: string): string {
  return `\u001B[${SGR[part]}m${text}\u001B[0m`;
}

/** One problem as text of several lines, without a final newline. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  const paint: Paint = options.color ? (options.paint ?? ansiPaint) : (_part, text) => text;
  const { code, severity, at } = diagnostic;
  const lines = [
    `${paint(severity, `${severity}[${code}]`)}: ${paint('message', indented(diagnostic.message))}`,
  ];
  if (at !== undefined) {
    lines.push(`  --> ${paint('place', printableLine(`${at.file}:${at.line}:${at.column}`))}`);
  }
  if (diagnostic.frame !== undefined) lines.push(renderFrame(diagnostic.frame, paint));
  if (diagnostic.detail !== undefined) lines.push(indent(printable(diagnostic.detail)));
  if (diagnostic.help !== undefined) {
    lines.push(
      `  ${paint('help', 'help')}: ${printable(diagnostic.help).replaceAll('\n', '\n        ')}`,
    );
  }
  lines.push(`  explain: setpoint explain ${code}`);
  return lines.join('\n');
}

/** Every problem, sorted by place, a blank line between two; a help that several share below the last of them. Empty text for none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  const sorted = sortDiagnostics(diagnostics);
  const hasHelp = helpOnce(sorted);
  return sorted
    .map((diagnostic) => {
      const { help, ...rest } = diagnostic;
      return renderDiagnostic(
        help === undefined || hasHelp(diagnostic) ? diagnostic : rest,
        options,
      );
    })
    .join('\n\n');
}

function renderFrame(frame: string, paint: Paint): string {
  const lines = printable(frame).split('\n');
  return lines
    .map((line) => `  ${paint(/\| *\^+$/.test(line) ? 'mark' : 'frame', line)}`)
    .join('\n');
}

/** A path in a message may have a newline: what follows must not read like a diagnostic of its own. */
function indented(message: string): string {
  return printable(message).replaceAll('\n', '\n  ');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
