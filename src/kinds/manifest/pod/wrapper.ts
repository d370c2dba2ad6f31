import { componentNamed } from '../../../catalogue/flag-facts.ts';

/** Programs that only start another one. What their arguments mean is theirs, so the component's own flags cannot be told. */
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'busybox']);
const LAUNCHERS = new Set([
  'catatonit',
  'chroot',
  'dumb-init',
  'env',
  'gosu',
  'ionice',
  'nice',
  'nohup',
  'nsenter',
  'setpriv',
  'stdbuf',
  'su-exec',
  'sudo',
  'taskset',
  'timeout',
  'tini',
  'unshare',
  'watch-termination',
]);

/** How the component's own arguments begin: at `index`, or not to be told. */
export type ArgumentStart =
  | { readonly kind: 'at'; readonly index: number }
  | { readonly kind: 'shell' | 'launcher'; readonly program: string };

/**
 * Index of the first argument after the component binary and its subcommand.
 * Rules: `/go-runner [its flags] BINARY …` (kubernetes/release images/build/go-runner), `/hyperkube
 * COMPONENT …`, `BINARY [subcommand] …`. Without `command` the image's entry point is the binary.
 */
export function findArgumentStart(argv: readonly string[], hasCommand: boolean): ArgumentStart {
  let index = 0;
  if (hasCommand) {
    const program = baseName(argv[0] ?? '');
    if (SHELLS.has(program)) return { kind: 'shell', program };
    if (LAUNCHERS.has(program)) return { kind: 'launcher', program };
    index = program === 'go-runner' ? afterGoRunner(argv) : 1;
    const inner = baseName(argv[index - 1] ?? '');
    if (index > 1 && SHELLS.has(inner)) return { kind: 'shell', program: inner };
    if (index > argv.length) return { kind: 'launcher', program };
    if (!isComponent(inner) && argv.slice(index).some(startsComponent)) {
      return { kind: 'launcher', program: inner };
    }
  }
  while (index < argv.length && !argv[index]?.startsWith('-')) index += 1;
  return { kind: 'at', index };
}

/** Whether an argument of a program that is not known may be the component that it starts (`/wrapper.sh`, `flock FILE`, `dlv exec`). */
function startsComponent(item: string): boolean {
  return !item.startsWith('-') && isComponent(baseName(item));
}

function isComponent(name: string): boolean {
  return name === 'hyperkube' || componentNamed(name) !== null;
}

/** Name of the component's binary, behind go-runner and hyperkube. The first item is the program. */
export function programOf(argv: readonly string[]): string {
  const rest = baseName(argv[0] ?? '') === 'go-runner' ? argv.slice(afterGoRunner(argv) - 1) : argv;
  const program = baseName(rest[0] ?? '');
  return program === 'hyperkube' ? baseName(rest[1] ?? '') : program;
}

/** Index after the binary that go-runner starts. Its flags: -log-file FILE, -also-stdout, -redirect-stderr. */
function afterGoRunner(argv: readonly string[]): number {
  let index = 1;
  while (argv[index]?.startsWith('-')) {
    index += /^--?log-file$/.test(argv[index] ?? '') ? 2 : 1;
  }
  return index + 1;
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
