import { hostPathProblem, workspacePath } from './paths.ts';
import { LONGEST_DURATION, parseDuration } from './duration.ts';
import { complain, complainWithoutExcerpt, literal, type Inspection } from './inspection.ts';
import { child, items, type SourceNode } from './source-tree.ts';

const DURATIONS = ['within', 'every', 'timeout'] as const;
const FILES = ['ca', 'cert', 'key', 'kubeconfig'] as const;

/** What the schema cannot say of a gate, an audit or an action. */
export function inspectCheck(inspection: Inspection, node: SourceNode): void {
  for (const key of DURATIONS) inspectDuration(inspection, child(node, key));
  inspectUrl(inspection, child(node, 'url'));
  for (const endpoint of items(child(node, 'endpoints'))) inspectUrl(inspection, endpoint);
  for (const key of FILES) inspectFileReference(inspection, child(node, key));
  for (const key of ['body', 'output']) {
    inspectPattern(inspection, child(child(node, key), 'matches'));
  }
  inspectProgram(inspection, child(node, 'run'));
  const { cert, key } = { cert: child(node, 'cert'), key: child(node, 'key') };
  const alone = cert === undefined ? key : key === undefined ? cert : undefined;
  if (alone !== undefined) {
    complain(
      inspection,
      'SP1212',
      alone,
      '"cert" and "key" belong together',
      'give both or neither',
    );
  }
}

/** A duration of the right form may still be no time at all, or longer than any check. */
export function inspectDuration(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  const millis = text === null ? null : parseDuration(text);
  if (node === undefined || millis === null) return;
  if (millis === 0) complain(inspection, 'SP1207', node, 'this duration is zero');
  else if (millis > LONGEST_DURATION) {
    complain(inspection, 'SP1207', node, 'this duration is longer than 24 hours');
  }
}

function inspectUrl(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  if (node === undefined || text === null || !/^https?:\/\//.test(text)) return;
  if (!URL.canParse(text)) {
    complain(
      inspection,
      'SP1306',
      node,
      'this URL cannot be read',
      'e.g. https://127.0.0.1:6443/readyz',
    );
    return;
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const help = 'a plan file is no place for a password; use a client certificate or a kubeconfig';
    complainWithoutExcerpt(inspection, 'SP1306', node, 'this URL holds credentials', help);
  }
}

/** Absolute: a file of the host; otherwise a file of the workspace. */
function inspectFileReference(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  if (node === undefined || text === null || text === '') return;
  if (text.startsWith('/')) {
    const problem = hostPathProblem(text);
    if (problem !== null) complain(inspection, 'SP1301', node, problem.message, problem.help);
    return;
  }
  const result = workspacePath(text);
  if ('message' in result) complain(inspection, 'SP1302', node, result.message, result.help);
}

function inspectPattern(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  if (node === undefined || text === null) return;
  try {
    void new RegExp(text, 'm');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: (?=[^:]*$)/, '') : '';
    const message = `this regular expression is not valid: ${reason.toLowerCase()}`;
    complain(
      inspection,
      'SP1305',
      node,
      message,
      'write a JavaScript regular expression; ^ and $ match at lines',
    );
  }
}

/** Only `./x` is copied for the run; another relative path with a slash would name a file that is not there. */
function inspectProgram(inspection: Inspection, run: SourceNode | undefined): void {
  const [program] = items(run);
  const name = literal(inspection, program);
  if (program === undefined || name === null) return;
  if (name === '') {
    complain(inspection, 'SP1211', program, 'the program has no name');
    return;
  }
  if (!name.includes('/') || name.startsWith('/')) return;
  const result = workspacePath(name);
  if ('message' in result) complain(inspection, 'SP1302', program, result.message, result.help);
  else if (!name.startsWith('./')) {
    const help = `write ./${name} for a file of the workspace`;
    complain(inspection, 'SP1302', program, 'a relative program begins with ./', help);
  }
}
