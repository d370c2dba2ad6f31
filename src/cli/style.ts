/** Text attributes for the terminal; every function is the identity when colour is off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** A style that writes SGR sequences, or none. */
export function createStyle(color: boolean): Style {
  function paint(open: number, close: number): (text: string) => string {
    return (text) => (color && text !== '' ? `\u001B[${open}m${text}\u001B[${close}m` : text);
  }
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

export interface ColorContext {
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--no-color`. */
  readonly noColor: boolean;
}

/**
 * Whether colour may be written: only on a terminal, and not with `--no-color`, a non-empty NO_COLOR (no-color.org),
 * TERM=dumb, or in CI, where logs are kept as text.
 */
export function colorAllowed({ isTTY, env, noColor }: ColorContext): boolean {
  if (!isTTY || noColor) return false;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return env['TERM'] !== 'dumb' && !runsInCi(env);
}

/** CI systems set CI; `false` and `0` mean that a person turned it off. */
export function runsInCi(env: Readonly<Record<string, string | undefined>>): boolean {
  const ci = env['CI'];
  return ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0';
}
