import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import { containerViews } from './container-view.ts';

/** Warns (SP2122) of each mount of a path of the host that a change opens for writing, whoever asked for it. */
export function judgeOpenedMounts(
  before: FileImage,
  after: FileImage,
  path: string,
): readonly Diagnostic[] {
  if (before === after || !before.exists || !after.exists) return [];
  const old = new Map(containerViews(before, path).map((view) => [view.name, view.mounts]));
  return containerViews(after, path).flatMap(({ name, mounts }) =>
    mounts.flatMap((mount): Diagnostic[] => {
      const was = old.get(name)?.find((one) => one.path === mount.path);
      const isOpened = was?.readOnly === true && !mount.readOnly && mount.hostPath !== null;
      if (!isOpened) return [];
      const message = `${path}: the mount ${mount.path} of container ${name} was read-only: whoever is in the container can write ${mount.hostPath} on the host then`;
      return [{ code: 'SP2122', severity: 'warning', message }];
    }),
  );
}
