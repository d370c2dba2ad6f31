import type { Subject } from '../../kinds/manifest/audit/subject.ts';

/** A component, with the processes that run it. */
export interface Found {
  readonly subject: Subject;
  readonly running: readonly Subject[];
}
