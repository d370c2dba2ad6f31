import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { CheckValue } from '../../kinds/schedule/validating/schema-check.ts';
import type { Schemas } from '../../kinds/surroundings.ts';
import type { JsonObject } from '../../model/item.ts';
import type { GivenSchema, ResolvedPlan } from '../../model/plan-file.ts';
import { openSchema } from '../schemas/open-schema.ts';

/** Validators of the schemas that plans name. */
export async function compileSchemas(plans: readonly ResolvedPlan[]): Promise<Schemas> {
  const compiled = new Map<GivenSchema['bytes'], Result<CheckValue>>();
  for (const { spec } of plans.flatMap(({ resources }) => resources)) {
    if (spec.kind !== 'schedule' || typeof spec.schema !== 'object') continue;
    compiled.set(spec.schema.bytes, await compiledOf(spec.schema));
  }
  return (schema) => compiled.get(schema.bytes) ?? refused(schema, 'it was not read');
}

async function compiledOf(schema: GivenSchema): Promise<Result<CheckValue>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(schema.bytes));
  } catch {
    return refused(schema, 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(schema, 'it is no mapping');
  }
  const opened = await openSchema(value as JsonObject);
  return opened.ok ? ok(opened.check) : refused(schema, opened.why);
}

function refused(schema: GivenSchema, why: string): Result<CheckValue> {
  const message = `${schema.source} cannot be used as a schema: ${why}`;
  const help = 'it must be one JSON Schema in JSON, complete in itself';
  return fail({ code: 'SP2231', severity: 'error', message, help });
}
