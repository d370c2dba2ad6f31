/** include/linux/sched.h: set in `flags` (field 9 of stat) for kernel threads. */
const PF_KTHREAD = 0x0020_0000;
/** What /proc/PID/stat (proc(5)) says about one process. */
export interface ProcessStat {
  readonly pid: number;
  readonly state: string;
  readonly ppid: number;
  readonly group: number;
  readonly kernelThread: boolean;
  /** Field 22, clock ticks since boot. */
  readonly startTime: string;
}

/** Parses /proc/PID/stat. The command in parentheses may itself hold spaces and parentheses. `null` when malformed. */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open === -1 || close < open) return null;
  const pid = Number.parseInt(text.slice(0, open), 10);
  const fields = text
    .slice(close + 2)
    .trimEnd()
    .split(' ');
  const [state, ppid, group, , , , flags] = fields;
  const startTime = fields[19];
  if (state === undefined || ppid === undefined || startTime === undefined) return null;
  if (!Number.isInteger(pid)) return null;
  return {
    pid,
    state,
    ppid: Number(ppid),
    group: Number(group),
    kernelThread: (Number(flags) & PF_KTHREAD) !== 0,
    startTime,
  };
}

/** Splits /proc/PID/cmdline: arguments end (not separate) with NUL; processes that rewrite their title may omit the last. */
export function parseCommandLine(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  const args = Buffer.from(bytes).toString('utf8').split('\0');
  if (args.at(-1) === '') args.pop();
  return args;
}

/**
 * The pod that /proc/PID/cgroup names: `pod<uid>` as a directory (cgroupfs driver) or at the end of a slice's name, its dashes
 * written as `_` (systemd driver; kubelet pkg/kubelet/cm pod_container_manager_linux.go, cgroup_manager_linux.go). `null` when none is named.
 */
export function parsePodUid(text: string): string | null {
  const found = /[/-]pod([0-9a-f][0-9a-f_-]{30,34}[0-9a-f])(?:\.slice)?(?:\/|$)/mu.exec(text);
  return found?.[1]?.replaceAll('_', '-') ?? null;
}
