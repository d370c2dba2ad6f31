import type { Result } from '../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey, PlanName } from '../model/brand.ts';
import type { GivenSchema } from '../model/plan-file.ts';
import type { CheckValue } from './schedule/validating/schema-check.ts';

/** What is at a path of the host; `unknown` where nobody looked or may look. */
export type Present = 'file' | 'directory' | 'absent' | 'unknown';

/** The host around a managed file, as it will be when that file is written: symbolic links are followed. */
export interface Surroundings {
  at(path: HostPath): Present;
  /** Where symbolic links lead a path; absent, or the path itself: nobody looked, or nowhere else. */
  readonly real?: (path: HostPath) => HostPath;
  /** Absent: none was compiled. */
  readonly schemas?: Schemas;
  /** Absent: nobody's that is known, and nothing is declared. */
  readonly change?: ChangeBy;
}

/** The validator of a schema that a plan names; fails with SP2231. */
export type Schemas = (schema: GivenSchema) => Result<CheckValue>;

/** Whose change of the file is judged. */
export interface ChangeBy {
  readonly plan: PlanName;
  /** A person said for this plan that it may take back what a restored file does not (`--acknowledge-irreversible`). */
  readonly acknowledged: boolean;
  /** Whether some resource of this host declares an item of the file. */
  declares(key: ItemKey): boolean;
}

/** What somebody who looked found at a path. */
export interface Looked {
  /** After symbolic links. */
  readonly path: HostPath;
  readonly present: Present;
}

/** What a kind's judgement of a file depends on beside the file. */
export interface Circumstances extends Surroundings {
  /** The gates of the file are those that its kind derives; false: its resource names its own, or there are none. */
  readonly derivesGates: boolean;
}

/** Nobody looked at the host, and nothing is asked after the file is written. */
export const NOBODY_LOOKED: Circumstances = { at: () => 'unknown', derivesGates: false };
