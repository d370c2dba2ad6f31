import { asMap } from './check-pod.ts';
import { itemsOf } from './container.ts';
import type { WrittenContainer } from './container.ts';
import type { JsonMap } from './parse-pod.ts';

/** The container's arguments as the process gets them: command, then args, `$(VAR)` expanded as far as the manifest tells. */
export function argvOf(container: WrittenContainer): readonly string[] {
  const values = literalEnvironment(container.decoded);
  return itemsOf(container).map((item) => expand(item.text, values).text);
}

/**
 * The exact argument vector, or `null` when the manifest does not tell it: without `command` the image's entry point runs, and
 * a variable from a field, secret or config map has a value elsewhere.
 */
export function knownArgv(container: WrittenContainer): readonly string[] | null {
  if (container.command === null) return null;
  const values = literalEnvironment(container.decoded);
  const expanded = itemsOf(container).map((item) => expand(item.text, values));
  return expanded.every((one) => one.known) ? expanded.map((one) => one.text) : null;
}

/**
 * Variables that a decoded container declares; `null` where the value comes from elsewhere. The name '' stands for `envFrom`:
 * there may be further ones.
 */
export function literalEnvironment(decoded: JsonMap): ReadonlyMap<string, string | null> {
  const declared = decoded['env'];
  const values = new Map<string, string | null>();
  for (const entry of Array.isArray(declared) ? declared : []) {
    const variable = asMap(entry);
    const name = variable?.['name'];
    if (typeof name !== 'string') continue;
    const value = variable?.['value'];
    const literal = typeof value === 'string' ? value : '';
    // A value may itself name variables declared before it (kubelet makeEnvironmentVariables).
    const result = expand(literal, values);
    const known = variable?.['valueFrom'] === undefined && result.known;
    values.set(name, known ? result.text : null);
  }
  if (decoded['envFrom'] !== undefined) values.set('', null);
  return values;
}

/**
 * Expands `$(NAME)`; `$$` is a literal dollar; a reference to nothing stays as it is.
 * Rule: k8s.io/kubernetes third_party/forked/golang/expansion (Expand).
 */
export function expand(
  text: string,
  values: ReadonlyMap<string, string | null>,
): { readonly text: string; readonly known: boolean } {
  let known = true;
  const expanded = text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = values.get(name);
    if (value === null || (value === undefined && values.has(''))) known = false;
    return value ?? whole;
  });
  return { text: expanded, known };
}
