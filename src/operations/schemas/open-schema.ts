import type { CheckValue } from '../../kinds/schedule/validating/schema-check.ts';
import type { JsonObject } from '../../model/item.ts';
import { inTime } from './in-time.ts';

export type OpenedSchema =
  | { readonly ok: true; readonly check: CheckValue }
  | { readonly ok: false; readonly why: string };

/**
 * A schema that is not ours, as a check that always ends: after two seconds it gives `null`. `format` is not looked at, and nothing is
 * fetched. The compiler is loaded with the first schema.
 */
export async function openSchema(schema: JsonObject): Promise<OpenedSchema> {
  const { compileSchema } = await import('./schema-compiler.ts');
  const compiled = inTime(() => compileSchema(schema));
  if (compiled === null) return { ok: false, why: 'it takes too long to read' };
  if ('why' in compiled) return { ok: false, why: compiled.why };
  const { validate } = compiled;
  return { ok: true, check: (value) => inTime(() => validate(value)) };
}
