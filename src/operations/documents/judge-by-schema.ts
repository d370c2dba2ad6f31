import { printableLine } from '../../diagnostics/printable.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CheckValue, SchemaError } from '../../kinds/schedule/validating/schema-check.ts';
import type { JsonValue } from '../../model/item.ts';
import { placeIn } from './document-errors.ts';

/** What a schema of the caller says of a document: SP2323, a problem each, or SP2232 where its patterns do not end. */
export function judgeBySchema(
  check: CheckValue,
  data: JsonValue,
  path: string,
): readonly Diagnostic[] {
  return check(data)?.map((error) => misfit(error, path)) ?? [tooLong(path)];
}

function misfit(error: SchemaError, path: string): Diagnostic {
  const message = `${printableLine(path)}: ${placeIn(error.instancePath)} ${printableLine(said(error))}`;
  return { code: 'SP2323', severity: 'error', message };
}

function said({ message, keyword, params }: SchemaError): string {
  const more = [params['additionalProperty'], params['unevaluatedProperty'], params['propertyName']]
    .filter((name) => typeof name === 'string')
    .map((name) => JSON.stringify(name));
  const allowed = keyword === 'enum' ? [JSON.stringify(params['allowedValues'])] : [];
  return [message ?? keyword, ...more, ...allowed].join(' ');
}

function tooLong(path: string): Diagnostic {
  return {
    code: 'SP2232',
    severity: 'error',
    message: `${printableLine(path)}: holding the data against the schema took too long`,
    help: 'make its patterns simpler: nested repetitions take time without end',
  };
}
