import type { ComponentName } from '../../../../../src/catalogue/cis/row.ts';
import { findRow } from '../../../../../src/catalogue/cis/rows.ts';
import type { CisVersion } from '../../../../../src/catalogue/cis/versions.ts';
import { argumentsOf } from '../../../../../src/kinds/manifest/audit/argument.ts';
import { judgeRow } from '../../../../../src/kinds/manifest/audit/judge-row.ts';
import type { RowVerdict } from '../../../../../src/kinds/manifest/audit/judge-row.ts';
import type { Subject } from '../../../../../src/kinds/manifest/audit/subject.ts';

export interface Given {
  readonly version?: CisVersion;
  readonly environment?: Readonly<Record<string, string | null>> | null;
  readonly settings?: unknown;
  /** Another one than that of the row. */
  readonly component?: ComponentName;
}

/** The verdict of a row about its component with these arguments. */
export function judged(id: string, args: readonly string[], given: Given = {}): RowVerdict {
  const { version = 'cis-1.12', environment = {}, settings } = given;
  const row = findRow(version, id);
  if (row === null) throw new Error(`no row ${version}/${id}`);
  const subject: Subject = {
    component: given.component ?? row.component,
    origin: { kind: 'process', pid: 1 },
    arguments: argumentsOf(args),
    environment: environment === null ? null : new Map(Object.entries(environment)),
    argv: null,
    image: null,
    ...(settings === undefined ? {} : { settings }),
  };
  return judgeRow(row, subject);
}

export function standing(id: string, args: readonly string[], given: Given = {}): string {
  return judged(id, args, given).standing;
}
