/** What an installed etcd 3.4 tells of itself: its help text, and its complaints about values. */
import { execa } from 'execa';
import type { FileFlag } from './catalogue-file.ts';
import { parseEtcdHelp } from './etcd-help.ts';
import type { HelpFlag } from './etcd-help.ts';
import { probedType } from './etcd-probe.ts';

/**
 * Flags that etcd 3.4 takes and its help leaves out: those of etcdmain/config.go in Go module go.etcd.io/etcd
 * v0.5.0-alpha.5.0.20200910180754-dd1b699fc489 (3.4.13), and those of 3.5 that the binary takes, too. Each is asked of it.
 */
const LEFT_OUT: readonly HelpFlag[] = [
  { name: 'config-file', default: '', deprecated: false },
  { name: 'enable-grpc-gateway', default: 'true', deprecated: false },
  { name: 'experimental-enable-lease-checkpoint-persist', default: 'false', deprecated: false },
  { name: 'log-output', default: 'default', deprecated: true },
  { name: 'unsafe-no-fsync', default: 'false', deprecated: false },
  { name: 'version', default: 'false', deprecated: false },
];
const IGNORED = [
  'cluster-active-size',
  'cluster-remove-delay',
  'cluster-sync-interval',
  'config',
  'force',
  'max-result-buffer',
  'max-retry-attempts',
  'peer-election-timeout',
  'peer-heartbeat-interval',
  'retry-interval',
  'snapshot',
  'test.coverprofile',
  'test.outputdir',
  'v',
  'vv',
].map((name): HelpFlag => ({ name, default: '', deprecated: true }));

export async function etcdBinaryFlags(path: string): Promise<Readonly<Record<string, FileFlag>>> {
  const { stdout } = await execa(path, ['--help']);
  const flags: Record<string, FileFlag> = {};
  for (const flag of [...parseEtcdHelp(stdout), ...LEFT_OUT, ...IGNORED]) {
    const type = await probedType(flag.name, (name, value) => probe(path, name, value));
    if (type === null) continue;
    const deprecated = type === 'IgnoredFlag' ? 'no effect' : 'deprecated';
    flags[flag.name] = {
      type,
      default: flag.default === '' && type === 'duration' ? '0s' : flag.default,
      ...(flag.deprecated ? { deprecated } : {}),
    };
  }
  return flags;
}

/** Version and Debian revision, of dpkg's own record. */
export async function debianOrigin(packageName: string): Promise<string> {
  const { stdout } = await execa('dpkg-query', ['-W', '-f=${Version}', packageName]);
  return `Debian package ${packageName} ${stdout}: etcd --help, and its answers to values`;
}

async function probe(path: string, name: string, value: string): Promise<string | null> {
  const { exitCode, stderr } = await execa(path, [`--${name}=${value}`, '--help'], {
    reject: false,
  });
  const [first = ''] = stderr.split('\n');
  // An ignored flag is told and taken.
  if (exitCode === 0 && !first.includes('no longer supported')) return null;
  return first;
}
