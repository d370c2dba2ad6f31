import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import type { HostName, HostPath, ItemKey, WorkspacePath } from '../../model/brand.ts';
import type { ItemValue } from '../../model/item.ts';
import type { KindName, Variables } from '../../model/plan-file.ts';

/** A drifted item whose live value is to become the desired one. */
export interface ItemToAdopt {
  /** The file's identity: after symbolic links. */
  readonly path: HostPath;
  readonly kind: KindName;
  readonly key: ItemKey;
  readonly label: string;
  readonly live: ItemValue;
  /** Of the live file; `null`: it is gone. */
  readonly bytes: Uint8Array | null;
}

/** For whom plan texts are edited: hosts and variables decide which text is meant. */
export interface EditContext {
  readonly host: HostName;
  /** From `--var` and `--var-file`. */
  readonly given: Variables;
}

/** What one item needs changed in one plan file. Offsets are UTF-16 units of the text without a byte order mark. */
export interface PlanEdit {
  readonly splices: readonly TextSplice[];
  /** Where alone the file may say something else afterwards: keys from the top. */
  readonly paths: readonly (readonly string[])[];
  /** It adds or takes out lines that another edit may do so beside: only one at a time. */
  readonly structural: boolean;
}

/** The `source` of a file resource gets the live bytes. */
export interface SourceEdit {
  readonly source: WorkspacePath;
  readonly bytes: Uint8Array;
}

/** `--v of /etc/app.yaml`: how messages call an item. */
export function itemName({ label, path }: Pick<ItemToAdopt, 'label' | 'path'>): string {
  return `${label} of ${path}`;
}
