/** Plan bodies that several stories use. */

export interface FilePlanOptions {
  readonly path?: string;
  readonly content?: string;
  readonly gates?: readonly string[];
  readonly extra?: string;
  readonly planGates?: readonly string[];
}

/** One resource `conf` of kind `file`; gates as YAML flow maps. */
export function filePlan(options: FilePlanOptions = {}): string {
  const lines = [
    'resources:',
    '  conf:',
    '    kind: file',
    `    path: ${options.path ?? '/etc/app/app.conf'}`,
    `    content: ${JSON.stringify(options.content ?? 'level = 1\n')}`,
    ...list('    gates', options.gates ?? []),
    ...(options.extra === undefined ? [] : [options.extra]),
    ...(options.planGates === undefined ? [] : list('gates', options.planGates)),
  ];
  return lines.join('\n');
}

/** One resource of kind `manifest` without gates. */
export function flagPlan(path: string, flags: Readonly<Record<string, string>>): string {
  return [
    'resources:',
    '  flags:',
    '    kind: manifest',
    `    path: ${path}`,
    '    flags:',
    ...Object.entries(flags).map(([name, value]) => `      ${name}: ${value}`),
    '    gates: []',
  ].join('\n');
}

function list(key: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [`${key}: []`];
  const indent = ' '.repeat(key.length - key.trimStart().length);
  return [`${key}:`, ...items.map((item) => `${indent}  - ${item}`)];
}

export interface CommandGateOptions {
  readonly phases?: string;
  readonly within?: string;
  readonly every?: string;
  readonly successes?: number;
}

/** A `command` gate that runs `sh -c SCRIPT`. Time enough for a busy machine: it costs nothing when the script succeeds. */
export function commandGate(script: string, options: CommandGateOptions = {}): string {
  const { phases = 'after', within = '30s', every = '50ms', successes = 1 } = options;
  return `{kind: command, run: [sh, -c, ${JSON.stringify(script)}], phases: [${phases}], within: ${within}, every: ${every}, successes: ${successes}}`;
}

/** Asked once: it has the time that a busy machine needs for that, and none for a second time. */
export const ONE_ATTEMPT: CommandGateOptions = { within: '20s', every: '30s' };

/** A gate that is meant to stay red, so it gives up soon. */
export function redGate(script: string, options: CommandGateOptions = {}): string {
  return commandGate(script, { within: '500ms', ...options });
}
