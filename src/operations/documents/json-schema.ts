import { printableLine } from '../../diagnostics/printable.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { JsonObject, JsonValue } from '../../model/item.ts';
import { placeIn } from './document-errors.ts';
import type { SchemaProblem } from './schema-validator.ts';

type Compiled =
  | {
      readonly ok: true;
      readonly value: (data: JsonValue, path: string) => readonly Diagnostic[];
    }
  | { readonly ok: false; readonly why: string };

/** Judges data by a JSON schema of the caller; `format` is not looked at. SP2323, a problem each. */
export async function judgeByJsonSchema(schema: JsonObject): Promise<Compiled> {
  const { compileSchema } = await import('./schema-validator.ts');
  const compiled = compileSchema(schema);
  if ('why' in compiled) return { ok: false, why: compiled.why };
  const { problemsOf } = compiled;
  return { ok: true, value: (data, path) => problemsOf(data).map((one) => misfit(one, path)) };
}

function misfit({ pointer, message }: SchemaProblem, path: string): Diagnostic {
  return {
    code: 'SP2323',
    severity: 'error',
    message: `${printableLine(path)}: ${placeIn(pointer)} ${printableLine(message)}`,
  };
}
