import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { isWellFormed } from '../../model/well-formed.ts';
import type { FileRequest } from './file-request.ts';
import { requestProblems } from './request-problems.ts';

/** What becomes of one path: a move is two of them. */
export interface Wish {
  /** As the caller gave it. */
  readonly path: HostPath;
  /** What has to be there before. */
  readonly needs: 'file' | 'nothing' | 'any';
  readonly expected: string | null;
  readonly becomes:
    | { readonly is: 'content'; readonly bytes: Uint8Array; readonly mode: number }
    | { readonly is: 'copy'; readonly of: HostPath }
    | { readonly is: 'gone' };
}

const NEW_MODE = 0o644;
const HEX_DIGEST = /^[0-9a-f]{64}$/;

/**
 * The wishes of a transaction, those that add files before those that take them away, so that a moved file is never without a
 * name. Looks at no file. Throws SP4264 (exit 64) with every problem.
 */
export function readRequests(requests: readonly FileRequest[]): readonly Wish[] {
  const unfit = requestProblems(requests);
  if (unfit.length > 0) throw contradiction(unfit);
  const wishes = requests.map(withoutUndefined).flatMap(wishesOf);
  const problems = [
    ...(wishes.length === 0 ? ['the transaction has no change'] : []),
    ...wishes.flatMap(malformed),
    ...collisions(wishes.map(({ path }) => path)),
  ];
  if (problems.length > 0) throw contradiction(problems);
  return [
    ...wishes.filter(({ becomes }) => becomes.is !== 'gone'),
    ...wishes.filter(({ becomes }) => becomes.is === 'gone'),
  ];
}

/** A property that is undefined is one that was left out. */
function withoutUndefined(request: FileRequest): FileRequest {
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as FileRequest;
}

function wishesOf(request: FileRequest): readonly Wish[] {
  if ('create' in request) {
    const becomes = contentOf(request.content, request.mode);
    return [{ path: request.create as HostPath, needs: 'nothing', expected: null, becomes }];
  }
  const expected = request.expected ?? null;
  if ('delete' in request) {
    return [{ path: request.delete as HostPath, needs: 'file', expected, becomes: { is: 'gone' } }];
  }
  if ('move' in request) {
    const from = request.move as HostPath;
    const needs = request.replace === true ? 'any' : 'nothing';
    return [
      { path: request.to as HostPath, needs, expected: null, becomes: { is: 'copy', of: from } },
      { path: from, needs: 'file', expected, becomes: { is: 'gone' } },
    ];
  }
  const becomes = contentOf(request.content);
  return [{ path: request.replace as HostPath, needs: 'file', expected, becomes }];
}

function contentOf(content: Uint8Array | string, mode: number = NEW_MODE): Wish['becomes'] {
  return {
    is: 'content',
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
    mode,
  };
}

function malformed({ path, expected, becomes }: Wish): readonly string[] {
  const problems: string[] = [];
  if (!isWellFormed(path)) problems.push(`${JSON.stringify(path)} is not well-formed Unicode`);
  else if (!path.startsWith('/') || path.endsWith('/') || path.includes('\0')) {
    problems.push(`${JSON.stringify(path)} is not the absolute path of a file`);
  }
  if (expected !== null && !HEX_DIGEST.test(expected)) {
    problems.push(`${path}: ${JSON.stringify(expected)} is not a SHA-256 in lower-case hex`);
  }
  if (becomes.is !== 'content') return problems;
  const { mode } = becomes;
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) {
    problems.push(`${path}: ${String(mode)} is not a mode`);
  }
  return problems;
}

/** Files that are named twice, or that lie on the way to another one. */
export function collisions(paths: readonly string[]): readonly string[] {
  const sorted = paths.toSorted();
  const all = new Set(paths);
  const twice = sorted.filter((path, i) => path === sorted[i - 1]);
  const above = [...all].flatMap((path) => {
    const on = ancestors(path).filter((directory) => all.has(directory));
    return on.map((file) => `${file} cannot be a file and the directory of ${path}`);
  });
  return [...new Set(twice)].map((path) => `${path} is changed more than once`).concat(above);
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i).join('/')).filter((above) => above !== '');
}

/** SP4264, exit 64. */
export function contradiction(problems: readonly string[]): SetpointError {
  return new SetpointError(
    EXIT.usage,
    problems.map((message): Diagnostic => ({
      code: 'SP4264',
      severity: 'error',
      message,
      help: 'Correct the list of changes and call again; nothing was written.',
    })),
  );
}
