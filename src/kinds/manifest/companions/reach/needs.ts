import type { HostPath } from '../../../../model/brand.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import { containerViews, mountOver, onHost } from '../../mounts/container-view.ts';
import type { ContainerView, MountView } from '../../mounts/container-view.ts';
import { pathsOfFlag } from '../../mounts/path-flags.ts';
import type { PathFlag } from '../../mounts/path-flags.ts';
import { flagTexts } from '../flag-text.ts';

/** A path that a container's command line names, declared or not. */
export interface Need extends PathFlag {
  readonly container: string;
  /** `null`: it is under none, and can only be in the image. */
  readonly mount: MountView | null;
  /** `null`: under no mount, or one that is no path of the host. */
  readonly source: HostPath | null;
}

/** Everything that the containers of a manifest name by path-valued flags; nothing where it cannot be read. */
export function needsOf(image: FileImage, path: string): readonly Need[] {
  return image.exists ? containerViews(image, path).flatMap(needsOfContainer) : [];
}

function needsOfContainer({
  name,
  mounts,
  line,
  hasServingCertificate,
}: ContainerView): readonly Need[] {
  if (line === null) return [];
  const flags = new Set(line.tokens.flatMap((one) => (one.kind === 'flag' ? [one.name] : [])));
  return [...flags]
    .filter((flag) => flag !== 'cert-dir' || !hasServingCertificate)
    .flatMap((flag) => pathsOfFlag(flag, flagTexts(line, flag)))
    .map((flag) => {
      const mount = mountOver(mounts, flag.path) ?? null;
      const hostPath = mount?.hostPath ?? null;
      const source =
        mount === null || hostPath === null ? null : onHost({ ...mount, hostPath }, flag.path);
      return { ...flag, container: name, mount, source: source as HostPath | null };
    });
}
