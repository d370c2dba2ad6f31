import { MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { DriftItem } from '../../model/drift.ts';
import type { FileState } from '../../model/file-image.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

/** Mode and owner of a file, where they differ from what is recorded; not the mode that is an item of its own. */
export function compareMetadata(managed: ManagedFile, live: FileState): readonly DriftItem[] {
  const { state } = managed;
  if (state === null) return [];
  const ownsMode = managed.kind === 'file' && Object.hasOwn(managed.items, MODE_KEY);
  return [
    ...(ownsMode ? [] : difference('mode', modeText(state), modeText(live))),
    ...difference('owner', ownerText(state), ownerText(live)),
  ];
}

function difference(label: 'mode' | 'owner', recorded: string, live: string): DriftItem[] {
  if (recorded === live) return [];
  return [{ key: `metadata/${label}` as ItemKey, label, state: 'metadata', recorded, live }];
}

function modeText({ mode }: FileState): string {
  return mode.toString(8).padStart(4, '0');
}

function ownerText({ uid, gid }: FileState): string {
  return `${uid}:${gid}`;
}
