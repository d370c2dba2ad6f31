import type { Argument } from './argument.ts';

/** A flag as it is given once. */
export interface Occurrence {
  /** `null`: bare. */
  readonly value: string | null;
  readonly at: Argument;
  /** The value, where it is an argument of its own. */
  readonly valueAt: Argument | null;
  /** A text behind a bare boolean, as in `--profiling false`: no value of it, and no argument that the component takes. */
  readonly stray: string | null;
}

export type Occurrences = ReadonlyMap<string, readonly Occurrence[]>;

/** Whether a bare flag takes the next argument as its value; null: not known. */
export type TakesValue = (flag: string) => boolean | null;

const LONG = /^--([^=]+)(?:=(.*))?$/s;
const SHORT_OR_LONG = /^--?([^-=][^=]*)(?:=(.*))?$/s;

/**
 * The flags among a component's arguments, as its parser reads them. `pflag` (kube-*): two dashes, `_` is `-`, texts between are
 * passed over. `go` (etcd): one dash or two, and the first text that is no flag ends them. A flag without `=` takes the next
 * argument whatever it looks like, unless it is a boolean; of a flag of unknown type, only one that looks like no flag.
 * Source: spf13/pflag flag.go (parseArgs, parseLongArg), Go flag (parseOne), component-base WordSepNormalizeFunc.
 */
export function readArguments(
  args: readonly Argument[],
  parser: 'go' | 'pflag',
  takesValue: TakesValue,
): Occurrences {
  const found = new Map<string, Occurrence[]>();
  let index = 0;
  while (index < args.length) {
    const at = args[index];
    if (at === undefined || at.text === '--') break;
    const match = (parser === 'go' ? SHORT_OR_LONG : LONG).exec(at.text);
    const written = match?.[1];
    if (written === undefined) {
      if (parser === 'go') break;
      index += 1;
      continue;
    }
    const name = parser === 'go' ? written : written.replaceAll('_', '-');
    const next = args[index + 1];
    const { occurrence, used } = read({ at, value: match?.[2], next, takes: takesValue(name) });
    found.set(name, [...(found.get(name) ?? []), occurrence]);
    index += used;
  }
  return found;
}

interface Written {
  readonly at: Argument;
  readonly value: string | undefined;
  readonly next: Argument | undefined;
  readonly takes: boolean | null;
}

function read({ at, value, next, takes }: Written): {
  readonly occurrence: Occurrence;
  readonly used: number;
} {
  if (value !== undefined) {
    return { occurrence: { value, at, valueAt: null, stray: null }, used: 1 };
  }
  const follows = next !== undefined && !next.text.startsWith('-');
  if (next !== undefined && (takes ?? follows)) {
    return { occurrence: { value: next.text, at, valueAt: next, stray: null }, used: 2 };
  }
  const stray = takes === false && follows ? next.text : null;
  return { occurrence: { value: null, at, valueAt: null, stray }, used: 1 };
}
