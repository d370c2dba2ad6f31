import { isObject, shown } from '../library/check-arguments.ts';

const ACTIONS = ['create', 'replace', 'delete', 'move'] as const;

/** What is wrong with the shape of changes, for callers without types: each with its place in the list. */
export function requestProblems(requests: readonly unknown[]): readonly string[] {
  return requests.flatMap((request, i) =>
    problemsOf(request).map((problem) => `change ${i}: ${problem}`),
  );
}

function problemsOf(request: unknown): readonly string[] {
  if (!isObject(request)) return [`it is ${shown(request)}, not an object`];
  const action = ACTIONS.find((name) => typeof request[name] === 'string');
  if (action === undefined) return ['it names no path: give create, replace, delete or move'];
  const { content, expected, to, mode } = request;
  const problems: string[] = [];
  const writes = action === 'create' || action === 'replace';
  if (writes && typeof content !== 'string' && !(content instanceof Uint8Array)) {
    problems.push(`content must be a string or a Uint8Array, not ${shown(content)}`);
  }
  if (expected !== undefined && typeof expected !== 'string') {
    problems.push(`expected must be a hex SHA-256, not ${shown(expected)}`);
  }
  if (mode !== undefined && typeof mode !== 'number') {
    problems.push(`mode must be a number such as 0o644, not ${shown(mode)}`);
  }
  if (action === 'move' && typeof to !== 'string') {
    problems.push(`to must be the path it gets, not ${shown(to)}`);
  }
  return problems;
}
