import type { ImportResult } from './results.ts';
import type { Session } from './session.ts';

export interface ImportOptions {
  /** Host path of a live manifest. */
  readonly path: string;
  /** Plan name; default from the file name. */
  readonly name: string | null;
  /** Only print, write nothing. */
  readonly stdout: boolean;
  readonly container: string | null;
}

/** Writes `plans/<name>.yaml` that declares every flag the manifest has now: applying it adopts and changes nothing. */
export function importFile(_session: Session, _options: ImportOptions): Promise<ImportResult> {
  throw new Error('under construction');
}
