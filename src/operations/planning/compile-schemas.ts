import { runInNewContext } from 'node:vm';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { CheckValue } from '../../kinds/schedule/validating/schema-check.ts';
import type { Schemas } from '../../kinds/surroundings.ts';
import type { GivenSchema, ResolvedPlan } from '../../model/plan-file.ts';
import { outsideReference } from './outside-reference.ts';
import type { compileSchema } from './schema-compiler.ts';

/** After that a pattern of a schema is taken for one that never ends. */
const MOST_MILLIS = 2000;

/** A type alone: the compiler is loaded where it is used. */
type Compile = typeof compileSchema;

/** Validators of the schemas that plans name. ajv is loaded where there is one, never else. */
export async function compileSchemas(plans: readonly ResolvedPlan[]): Promise<Schemas> {
  const given = plans.flatMap(({ resources }) =>
    resources.flatMap(({ spec }) =>
      spec.kind === 'schedule' && typeof spec.schema === 'object' ? [spec.schema] : [],
    ),
  );
  const compile = given.length === 0 ? null : (await import('./schema-compiler.ts')).compileSchema;
  const compiled = new Map(
    given.map((schema) => [schema.bytes, compile === null ? null : compiledOf(schema, compile)]),
  );
  return (schema) => compiled.get(schema.bytes) ?? refused(schema, 'it was not read');
}

function compiledOf(schema: GivenSchema, compile: Compile): Result<CheckValue> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(schema.bytes));
  } catch {
    return refused(schema, 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(schema, 'it is no mapping');
  }
  const outside = outsideReference(value);
  if (outside !== null)
    return refused(schema, `${outside} leads out of it, and nothing is fetched`);
  const draft = '$schema' in value ? String(value.$schema) : '';
  try {
    const validate = compile(value, draft.includes('draft-07'));
    return ok((document) => inTime(() => (validate(document) ? [] : (validate.errors ?? []))));
  } catch (error) {
    return refused(schema, error instanceof Error ? error.message : String(error));
  }
}

/** A regular expression that does not end ends all the same; `null` then. */
function inTime<T>(work: () => T): T | null {
  try {
    return runInNewContext('work()', { work }, { timeout: MOST_MILLIS }) as T;
  } catch (error) {
    // Of the other context, so that it is no instance of our Error.
    const isLate = typeof error === 'object' && error !== null && 'code' in error;
    if (isLate && error.code === TIMED_OUT) return null;
    throw error;
  }
}

const TIMED_OUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

function refused(schema: GivenSchema, why: string): Result<CheckValue> {
  const message = `${schema.source} cannot be used as a schema: ${why}`;
  const help = 'it must be one JSON Schema in JSON, complete in itself';
  return fail({ code: 'SP2231', severity: 'error', message, help });
}
