import type { CheckResult } from '../../model/check.ts';

/** Columns of a subject line that git's own tools show whole. */
const SUBJECT_WIDTH = 72;

export const TRAILER = {
  status: 'Setpoint-Status',
  run: 'Setpoint-Run',
  plan: 'Setpoint-Plan',
  workspace: 'Setpoint-Workspace',
  operation: 'Setpoint-Operation',
  planCommit: 'Setpoint-Plan-Commit',
  changeSet: 'Setpoint-Change-Set',
  actor: 'Setpoint-Actor',
  gate: 'Setpoint-Gate',
  auditHead: 'Audit-Head',
  settled: 'Setpoint-Settled',
} as const;

export interface Trailer {
  readonly key: string;
  readonly value: string;
}

export interface MessageParts {
  /** `applied apiserver-audit-log: 5 changes`. */
  readonly subject: string;
  /** One a change: `+ --audit-log-path=/x  /etc/kubernetes/manifests/kube-apiserver.yaml`. */
  readonly lines: readonly string[];
  readonly trailers: readonly Trailer[];
}

const TRAILER_LINE = /^([A-Za-z][A-Za-z0-9-]*): ?(.*)$/;

/**
 * Text of a state commit: subject (cut to 72 columns), change lines, trailers, each on exactly one line. Line breaks and other
 * control characters are written as escapes and a change line never begins like a trailer, so that no value can forge one.
 */
export function composeMessage(parts: MessageParts): string {
  const paragraphs = [
    cut(oneLine(parts.subject)),
    parts.lines.map(bodyLine).join('\n'),
    parts.trailers.map(({ key, value }) => `${key}: ${oneLine(value)}`.trimEnd()).join('\n'),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

/** Trailers of a commit message: the lines of its last paragraph (never its first) that are `Key: value`, in order. */
export function parseTrailers(message: string): readonly Trailer[] {
  const paragraphs = message.trimEnd().split(/\n{2,}/);
  if (paragraphs.length < 2) return [];
  return (paragraphs.at(-1) ?? '').split('\n').flatMap((line) => {
    const [, key, value] = TRAILER_LINE.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
}

/** The first value of `key`, or null. */
export function trailerValue(trailers: readonly Trailer[], key: string): string | null {
  return trailers.find((trailer) => trailer.key === key)?.value ?? null;
}

/** `Setpoint-Gate` value: `id phase verdict attempts/took`, took in milliseconds. */
export function gateTrailer(result: CheckResult): Trailer {
  const { id, phase, verdict, attempts, took } = result;
  return { key: TRAILER.gate, value: `${id} ${phase} ${verdict} ${attempts}/${took}ms` };
}

/** The check that a `Setpoint-Gate` value tells of, without its answer; `null` for anything else. */
export function parseGate(value: string): CheckResult | null {
  const [, id, phase, verdict, attempts, took] =
    /^(.+) (before|after|revert|audit) (green|red|skipped) (\d+)\/(\d+)ms$/.exec(value) ?? [];
  if (id === undefined) return null;
  return {
    id,
    phase: phase as CheckResult['phase'],
    verdict: verdict as CheckResult['verdict'],
    attempts: Number(attempts),
    took: Number(took),
    detail: '',
  };
}

function bodyLine(line: string): string {
  const text = oneLine(line);
  if (text === '') return '.';
  return /^[A-Za-z][A-Za-z0-9-]*\s*:/.test(text) ? `* ${text}` : text;
}

/** Control characters, line separators and bidirectional overrides as visible escapes (`\n`, `\u202e`). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, escapeCharacter).trim();
}

function escapeCharacter(character: string): string {
  const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return known ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function cut(subject: string): string {
  const characters = Array.from(subject);
  if (characters.length <= SUBJECT_WIDTH) return subject;
  return `${characters
    .slice(0, SUBJECT_WIDTH - 1)
    .join('')
    .trimEnd()}…`;
}
