import { MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { DriftItem } from '../../model/drift.ts';
import type { FileState } from '../../model/file-image.ts';
import { formatMode } from '../../model/file-mode.ts';
import type { FileAttributes, ManagedFile } from '../../model/recorded-state.ts';
import { recordedAttributes } from '../../model/recorded-state.ts';

/** Mode and owner of a file, where they differ from what is recorded; not the mode that is an item of its own. */
export function compareMetadata(managed: ManagedFile, live: FileState): readonly DriftItem[] {
  const left = recordedAttributes(managed);
  if (left === null) return [];
  const ownsMode = managed.kind === 'file' && Object.hasOwn(managed.items, MODE_KEY);
  return attributeDifferences(left, live).filter(({ label }) => label !== 'mode' || !ownsMode);
}

/** Mode and owner that are others than somebody left. */
export function attributeDifferences(
  left: FileAttributes,
  live: FileAttributes,
): readonly DriftItem[] {
  return [
    ...difference('mode', formatMode(left.mode), formatMode(live.mode)),
    ...difference('owner', ownerText(left), ownerText(live)),
  ];
}

function difference(label: 'mode' | 'owner', recorded: string, live: string): DriftItem[] {
  if (recorded === live) return [];
  return [{ key: `metadata/${label}` as ItemKey, label, state: 'metadata', recorded, live }];
}

function ownerText({ uid, gid }: FileAttributes): string {
  return `${uid}:${gid}`;
}
