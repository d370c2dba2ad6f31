import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ScheduleSpec } from '../../model/plan-file.ts';
import type { Circumstances } from '../surroundings.ts';
import { readScheduleFile } from './read-schedule-file.ts';
import type { SchemaCheck } from './validating/schema-check.ts';
import { validateScheduleDocument } from './validating/validate-document.ts';

/**
 * The whole file as a change leaves it. Errors refuse the plan, also for what others wrote before: whoever reads the file may refuse
 * all of it for one entry, and a new one beside it would be applied and never run. Where nothing is written, warnings say the same.
 */
export function judgeSchedules(
  spec: ScheduleSpec | null,
  before: FileImage,
  after: FileImage,
  path: HostPath,
  around: Pick<Circumstances, 'schemas'>,
): readonly Diagnostic[] {
  // Given back to what it was: what stood there is its owner's.
  if (spec === null || !after.exists) return [];
  const source = readScheduleFile(after.bytes, path);
  if (!source.ok) return source.diagnostics;
  const schema = schemaOf(spec, around);
  if ('problems' in schema) return schema.problems;
  const rules = { dialect: spec.dialect, layout: spec, schema: schema.check };
  const found = validateScheduleDocument(source.value, path, rules);
  if (found.length === 0 || !before.exists) return found;
  if (Buffer.compare(before.bytes, after.bytes) === 0) {
    return found.map((one) => ({ ...one, severity: 'warning' }));
  }
  const old = readScheduleFile(before.bytes, path);
  const known = old.ok ? validateScheduleDocument(old.value, path, rules) : [];
  const earlier = new Map(known.map((one) => [one.message, one]));
  return found.map((one) => saidBefore(earlier.get(one.message)) ?? one);
}

/** At its place in the file as it is now: a new entry moves the lines behind it. */
function saidBefore(one: Diagnostic | undefined): Diagnostic | null {
  if (one === undefined) return null;
  const first = one.help === undefined ? '' : `${one.help}; `;
  return {
    ...one,
    help: `${first}it was so before this change, which waits until the file is right`,
  };
}

function schemaOf(
  { schema }: ScheduleSpec,
  { schemas }: Pick<Circumstances, 'schemas'>,
): { readonly check: SchemaCheck } | { readonly problems: readonly Diagnostic[] } {
  if (typeof schema === 'string') return { check: schema };
  const compiled = schemas?.(schema);
  if (compiled?.ok === true) return { check: compiled.value };
  const message = `the schema ${schema.source} was not read`;
  const problems = compiled?.diagnostics ?? [
    { code: 'SP2231', severity: 'error', message } as const,
  ];
  return { problems };
}
