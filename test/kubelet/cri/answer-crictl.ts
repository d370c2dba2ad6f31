import { containersJson, inspectJson, inspectPodJson, podsJson } from './crictl-output.ts';
import type { ContainerAttempt, CriObjects, Sandbox } from './cri-objects.ts';

export interface CrictlAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Flags of crictl that have a value, in the forms that are understood here. */
const VALUED = new Set([
  '-o',
  '--output',
  '--name',
  '--label',
  '--pod',
  '-p',
  '--state',
  '-s',
  '--tail',
  '-r',
  '--runtime-endpoint',
  '-t',
  '--timeout',
]);

interface Call {
  readonly command: string;
  readonly ids: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

/**
 * What `crictl` prints: pods, ps, inspect, inspectp and logs, JSON only. Filters: --name (ps, pods), --label (pods), --pod (ps),
 * --state, -a. `logs` prints both outputs as one. What it does not know it refuses, so that no test passes by accident.
 */
export function answerCrictl(
  argv: readonly string[],
  objects: CriObjects,
  logOf: (container: ContainerAttempt) => string,
): CrictlAnswer {
  const call = parse(argv);
  if (typeof call === 'string') return failure(call);
  const { command, flags } = call;
  switch (command) {
    case 'pods':
      return json(podsJson({ ...objects, sandboxes: chosenPods(objects, flags) }));
    case 'ps':
      return json(containersJson({ ...objects, containers: chosen(objects, flags) }, isAll(flags)));
    case 'inspect':
      return withId(objects.containers, call, (one) => json(inspectJson(one)));
    case 'inspectp':
      return withId(objects.sandboxes, call, (one) => json(inspectPodJson(one)));
    case 'logs':
      return withId(objects.containers, call, (one) => said(tail(logOf(one), flags.get('--tail'))));
    default:
      return failure(`No help topic for '${command}'`);
  }
}

function parse(argv: readonly string[]): Call | string {
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const [name = '', inline] = (argv[i] ?? '').split(/=(.*)/s);
    if (!name.startsWith('-')) words.push(argv[i] ?? '');
    else if (!VALUED.has(name) && !['-a', '--all', '-q'].includes(name))
      return `flag provided but not defined: ${name}`;
    else flags.set(name, VALUED.has(name) ? (inline ?? argv[(i += 1)] ?? '') : 'true');
  }
  const [command = '', ...ids] = words;
  const output = flags.get('-o') ?? flags.get('--output');
  // inspect and inspectp print JSON by default, lists do not.
  if ((command === 'ps' || command === 'pods') && output !== 'json')
    return `only -o json is simulated, not ${output ?? 'a table'}`;
  return { command, ids, flags };
}

function chosenPods({ sandboxes }: CriObjects, flags: Call['flags']): readonly Sandbox[] {
  const name = flags.get('--name');
  const state = flags.get('--state') ?? flags.get('-s');
  const [label, value] = (flags.get('--label') ?? '').split('=');
  return sandboxes.filter(
    (one) =>
      (name === undefined || new RegExp(name).test(one.name)) &&
      (state === undefined || (state.toLowerCase() === 'ready') === one.ready) &&
      (label !== 'io.kubernetes.pod.uid' || one.uid === value),
  );
}

function chosen({ containers }: CriObjects, flags: Call['flags']): readonly ContainerAttempt[] {
  const name = flags.get('--name');
  const pod = flags.get('--pod') ?? flags.get('-p');
  const state = flags.get('--state') ?? flags.get('-s');
  return containers.filter(
    (one) =>
      (name === undefined || new RegExp(name).test(one.name)) &&
      (pod === undefined || one.sandbox.id.startsWith(pod)) &&
      (state === undefined || (state.toLowerCase() === 'running') === (one.finishedAt === null)),
  );
}

function isAll(flags: Call['flags']): boolean {
  return ['-a', '--all', '--state', '-s'].some((name) => flags.has(name));
}

function withId<T extends { readonly id: string }>(
  all: readonly T[],
  { ids }: Call,
  then: (one: T) => CrictlAnswer,
): CrictlAnswer {
  const [id = ''] = ids;
  const found = all.find((one) => id !== '' && one.id.startsWith(id));
  if (found === undefined)
    return failure(`rpc error: code = NotFound desc = could not find "${id}"`);
  return then(found);
}

function tail(text: string, lines: string | undefined): string {
  if (lines === undefined) return text;
  return text
    .split('\n')
    .slice(-1 - Number(lines))
    .join('\n');
}

function json(value: unknown): CrictlAnswer {
  return said(`${JSON.stringify(value, null, 2)}\n`);
}

function said(stdout: string): CrictlAnswer {
  return { code: 0, stdout, stderr: '' };
}

function failure(reason: string): CrictlAnswer {
  return { code: 1, stdout: '', stderr: `${reason}\n` };
}
