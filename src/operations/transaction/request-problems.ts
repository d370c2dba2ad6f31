import { isWellFormed } from '../../model/well-formed.ts';
import { isObject, shown, unknownKeys } from '../library/check-arguments.ts';

/** What each action takes beside its path. A `replace` beside `move` is true or false: not an action of its own. */
const TAKES = {
  create: ['content', 'mode'],
  replace: ['content', 'expected'],
  delete: ['expected'],
  move: ['to', 'replace', 'expected'],
} as const;
type Action = keyof typeof TAKES;
const ACTIONS = ['create', 'replace', 'delete', 'move'] as const satisfies readonly Action[];

/** What is wrong with the shape of changes, for callers without types: each with its place in the list. */
export function requestProblems(requests: readonly unknown[]): readonly string[] {
  return requests.flatMap((request, i) =>
    problemsOf(request).map((problem) => `change ${i}: ${problem}`),
  );
}

function problemsOf(request: unknown): readonly string[] {
  if (!isObject(request)) return [`it is ${shown(request)}, not an object`];
  const named = ACTIONS.filter((name) => typeof request[name] === 'string');
  const [action] = named;
  if (action === undefined) return ['it names no path: give create, replace, delete or move'];
  // One of them would be done and the others forgotten.
  if (named.length > 1) return [`it has ${named.join(' and ')}: make each a change of its own`];
  const unknown = unknownKeys(request, [action, ...TAKES[action]]).map(
    ({ key, suggested }) => `${action} takes no ${JSON.stringify(key)}${suggested}`,
  );
  return [...unknown, ...valueProblems(request, action)];
}

function valueProblems(
  { content, expected, to, mode, replace }: Readonly<Record<string, unknown>>,
  action: Action,
): readonly string[] {
  const problems: string[] = [];
  const writes = action === 'create' || action === 'replace';
  if (writes && typeof content !== 'string' && !(content instanceof Uint8Array)) {
    problems.push(`content must be a string or a Uint8Array, not ${shown(content)}`);
  }
  if (writes && typeof content === 'string' && !isWellFormed(content)) {
    problems.push('content is not well-formed Unicode, so it has no UTF-8: give bytes');
  }
  if (expected !== undefined && typeof expected !== 'string') {
    problems.push(`expected must be a hex SHA-256, not ${shown(expected)}`);
  }
  if (mode !== undefined && typeof mode !== 'number') {
    problems.push(`mode must be a number such as 0o644, not ${shown(mode)}`);
  }
  if (action !== 'move') return problems;
  if (typeof to !== 'string') problems.push(`to must be the path it gets, not ${shown(to)}`);
  if (replace !== undefined && typeof replace !== 'boolean') {
    problems.push(`replace must be true or false, not ${shown(replace)}`);
  }
  return problems;
}
