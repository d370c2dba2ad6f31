import type { Code } from '../../../diagnostics/codes/index.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../../model/brand.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { ManifestSpec } from '../../../model/plan-file.ts';
import type { Surroundings } from '../../surroundings.ts';
import { aboutFlag } from '../about-flag.ts';
import { canonicalFlagName } from '../flags/item-key.ts';
import { refusal } from '../../../structured/refusal.ts';
import { containerView, mountOver, onHost } from './container-view.ts';
import type { ContainerView, MountView } from './container-view.ts';
import { plainText } from './entry-text.ts';
import { isBelow } from './host-path.ts';
import { pathFlags } from './path-flags.ts';
import type { PathFlag } from './path-flags.ts';

const CREATE =
  'create it, or declare it with kind: file before this resource (or in a plan under `after:`)';
const OFF = 'say `pathCheck: off` in its resource where the image has it';

/**
 * Why a manifest that is about to be written would not find what its declared flags and mounts name: a path under no mount
 * (SP2084), a file that is not on the host (SP2085), a log without a directory that it can be written in (SP2086), a mount whose
 * type the host does not have (SP2087). Nothing is said where nothing is written, and of flags that only stand in the manifest.
 */
export function judgePaths(
  spec: ManifestSpec,
  before: FileImage,
  after: FileImage,
  path: HostPath,
  around: Surroundings,
): readonly Diagnostic[] {
  if (spec.pathCheck === 'off' || before === after) return [];
  const view = containerView(after, spec.container, path);
  if (view === null) return [];
  const mounts = new Set<string>(spec.mounts?.map((mount) => mount.path));
  return [
    ...view.mounts
      .filter((mount) => mounts.has(mount.path))
      .flatMap((mount) => judgeMount(mount, path, around)),
    ...pathFlags(spec).flatMap((flag) =>
      aboutFlag(canonicalFlagName(flag.flag), () => judgePathFlag(flag, view, path, around)),
    ),
  ];
}

function judgePathFlag(
  flag: PathFlag,
  { mounts, name, hasServingCertificate }: ContainerView,
  path: HostPath,
  around: Surroundings,
): readonly Diagnostic[] {
  if (flag.flag === 'cert-dir' && hasServingCertificate) return [];
  const mount = mountOver(mounts, flag.path);
  if (mount === undefined) return [notMounted(flag, path, name)];
  const { hostPath } = mount;
  // What is in a secret or config map is not on the host.
  if (hostPath === null) return [];
  const source = { ...mount, hostPath };
  if (flag.role === 'log') return judgeLog(flag, source, path, name);
  const leaving = leavesMount(flag, source, mounts, around);
  return leaving === null
    ? judgePath(flag, source, path, around)
    : [leftMount(flag, path, leaving)];
}

type HostMount = MountView & { readonly hostPath: string };

/**
 * Where a link leads that leaves its mount: in the container it would lead elsewhere, unless what it leads to is mounted at the same path
 * there. `null`: it stays inside, or nobody looked.
 */
function leavesMount(
  { path: named }: PathFlag,
  mount: HostMount,
  mounts: readonly MountView[],
  { real = (path) => path }: Surroundings,
): HostPath | null {
  const source = onHost(mount, named) as HostPath;
  const target = real(source);
  const isInside = ({ hostPath }: HostMount): boolean =>
    isBelow(target, real(hostPath as HostPath)) || isBelow(target, hostPath);
  const twins = mounts.filter((one): one is HostMount => one.hostPath === one.path);
  return target === source || [mount, ...twins].some(isInside) ? null : target;
}

function leftMount({ flag, path: named }: PathFlag, file: string, target: string) {
  const what = `--${flag} names ${named}, a link that leaves its mount: on the host it leads to ${target}, in the container elsewhere`;
  const help = `name a file in the mount, or mount ${target} itself at ${named}`;
  return refusal('SP2085', file, what, help);
}

function notMounted({ flag, path: named, role }: PathFlag, file: string, container: string) {
  const directory = directoryOf(named);
  if (role === 'log' && isShared(directory)) {
    const what = `--${flag} names ${named}, which is under no mount of container ${container}`;
    return refusal('SP2084', file, what, `${ownDirectory(named, container)}, or ${OFF}`);
  }
  const entry =
    role === 'file'
      ? `{path: ${plainText(named, 'flow')}, type: File, readOnly: true}`
      : `{path: ${plainText(role === 'log' ? directory : named, 'flow')}, type: DirectoryOrCreate}`;
  const what = `--${flag} names ${named}, which is under no mount of container ${container}`;
  return refusal('SP2084', file, what, `add \`mounts: [${entry}]\` to its resource, or ${OFF}`);
}

/** Rotation renames the log and creates it anew, which a mount of the file alone does not allow. */
function judgeLog(
  { flag, path: named }: PathFlag,
  mount: HostMount,
  file: string,
  container: string,
): Diagnostic[] {
  const directory = directoryOf(named);
  const help = isShared(directory)
    ? ownDirectory(named, container)
    : `mount its directory: ${directoryMount(directory)}`;
  const say = (what: string) => [refusal('SP2086', file, what, help)];
  if (mount.path === named || mount.type.startsWith('File')) {
    return say(`--${flag} names ${named}, which is mounted as a file: rotation renames it`);
  }
  return mount.readOnly
    ? say(`--${flag} names ${named}, which is under the read-only mount ${mount.path}`)
    : [];
}

function directoryOf(named: string): string {
  return named.slice(0, named.lastIndexOf('/')) || '/';
}

/** A directory that is not made for logs has other things in it, which a mount for a log would open for writing. */
function isShared(directory: string): boolean {
  return !isBelow(directory, '/var/log') || directory === '/var/log';
}

function ownDirectory(named: string, container: string): string {
  const directory = `/var/log/${container}`;
  const log = `${directory}/${named.slice(named.lastIndexOf('/') + 1)}`;
  return `give the log a directory of its own: name ${log}, with ${directoryMount(directory)}`;
}

function directoryMount(directory: string): string {
  return `\`mounts: [{path: ${plainText(directory, 'flow')}, type: DirectoryOrCreate}]\``;
}

function judgePath(
  { flag, path: named, role }: PathFlag,
  mount: HostMount,
  file: string,
  around: Surroundings,
): Diagnostic[] {
  const source = onHost(mount, named) as HostPath;
  const present = around.at(source);
  const say = (what: string, help: string) => [
    refusal('SP2085', file, `--${flag} names ${named}: ${source} ${what}`, help),
  ];
  if (present === 'directory' && role === 'file') {
    return say('is a directory on the host', 'name a file in it');
  }
  if (present === 'file' && role === 'directory') {
    return say('is a file on the host', 'name a directory');
  }
  const isMade = mount.path === named && mount.type.endsWith('OrCreate');
  if (present === 'absent' && isMade && role === 'file') {
    return say('is not on the host, and FileOrCreate makes an empty one', CREATE);
  }
  // A component makes its own directories where it may.
  const isNeeded = role === 'file' || mount.readOnly;
  if (present !== 'absent' || isMade || !isNeeded) return [];
  return say('is not on the host', CREATE);
}

/** What the kubelet would refuse: it looks at the type before it starts the pod. */
function judgeMount({ hostPath, type, path }: MountView, file: string, around: Surroundings) {
  if (hostPath === null || type === '') return [];
  const present = around.at(hostPath as HostPath);
  const code: Code = 'SP2087';
  const mounted = `the mount ${path} has type ${type}, and ${hostPath}`;
  if (present === 'absent' && !type.endsWith('OrCreate')) {
    const help =
      type === 'Directory'
        ? 'create it, or say type: DirectoryOrCreate'
        : 'create it, or declare it with kind: file before this resource';
    return [refusal(code, file, `${mounted} is not on the host`, help)];
  }
  const wanted = type.startsWith('Directory') ? 'directory' : 'file';
  if ((present !== 'file' && present !== 'directory') || present === wanted) return [];
  const help = `say the type that it has: ${present === 'file' ? 'File' : 'Directory'}`;
  return [refusal(code, file, `${mounted} is a ${present} on the host`, help)];
}
