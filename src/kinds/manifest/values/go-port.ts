import { parseGoInteger } from './go-scalars.ts';

/** A TCP port as pflag reads an integer: `0x2843` and `10_307` are ports, too; `null` when the text is none. 0 = the component does not listen. */
export function parseGoPort(text: string): number | null {
  const port = parseGoInteger(text);
  return port === null || port < 0n || port > 65535n ? null : Number(port);
}
