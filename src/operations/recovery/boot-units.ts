/** What boot units name. All paths as the booted host sees them. */
export interface UnitFacts {
  /** The Node.js program. */
  readonly node: string;
  /** The recovery program (place-program.ts). */
  readonly program: string;
  readonly stateDir: string;
}

export interface BootUnit {
  readonly name: string;
  /** The target that starts it. */
  readonly wantedBy: string;
  readonly text: string;
}

const WRITTEN_BY =
  '# Written by setpoint install-recovery; setpoint install-recovery --remove takes it away.';
const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Programs that read managed files, some of them in units without default dependencies. */
const READERS = [
  'kubelet.service',
  'containerd.service',
  'crio.service',
  'docker.service',
  'cron.service',
  'crond.service',
];

/**
 * The two units, systemd.unit(5). The first runs before basic.target, which every ordinary service waits for, and only where
 * a run was left open. A failure of it stops no boot: nothing requires it. The second holds up nothing while gates wait.
 */
export function bootUnits({ node, program, stateDir }: UnitFacts): readonly BootUnit[] {
  const start = (mode: string): string =>
    `ExecStart=${[node, program, mode, '--root', '/', '--state-dir', stateDir].map(argument).join(' ')}`;
  const open = [
    `RequiresMountsFor=${argument(stateDir)}`,
    `ConditionDirectoryNotEmpty=${specifierFree(`${stateDir}/journal`)}`,
  ];
  const restore = [
    WRITTEN_BY,
    '[Unit]',
    'Description=Put back the files of setpoint runs that were open when the machine went down',
    'DefaultDependencies=no',
    'Conflicts=shutdown.target',
    'After=local-fs.target',
    `Before=basic.target shutdown.target ${READERS.join(' ')}`,
    ...open,
    '',
    '[Service]',
    'Type=oneshot',
    `Environment=${PATH}`,
    start('restore'),
    // Files are put back by renames; exit 3 says that there were any.
    'SuccessExitStatus=3',
    'TimeoutStartSec=2min',
    '',
    '[Install]',
    'WantedBy=basic.target',
  ];
  const verify = [
    WRITTEN_BY,
    '[Unit]',
    'Description=Prove and record setpoint runs that were open when the machine went down',
    'Wants=network-online.target',
    `After=setpoint-restore.service network-online.target ${READERS.join(' ')}`,
    ...open,
    '',
    '[Service]',
    'Type=exec',
    `Environment=${PATH}`,
    start('verify'),
    'SuccessExitStatus=3',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  return [
    { name: 'setpoint-restore.service', wantedBy: 'basic.target', text: textOf(restore) },
    { name: 'setpoint-verify.service', wantedBy: 'multi-user.target', text: textOf(verify) },
  ];
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** One word of a command line (systemd.service(5), "Command lines"): quotes, specifiers and variables are not expanded. */
function argument(word: string): string {
  const plain = specifierFree(word).replaceAll('$', '$$$$');
  if (/^[\w./%$@:+,=-]+$/.test(plain)) return plain;
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function specifierFree(word: string): string {
  return word.replaceAll('%', '%%');
}
