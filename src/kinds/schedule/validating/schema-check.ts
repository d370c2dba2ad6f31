import type { JsonValue } from '../../../model/item.ts';

/** One error of ajv. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A document against a schema that is not ours; `null`: it took too long. */
export type CheckValue = (value: JsonValue) => readonly SchemaError[] | null;

/** What a document has to fit: the schema that we publish, another one, or none. */
export type SchemaCheck = 'own' | 'none' | CheckValue;
