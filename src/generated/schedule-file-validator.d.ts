// Generated from schemas/ by scripts/generate.ts. Do not edit.
/** One ajv error; for files that people write, the loader makes its own sentences of them. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
  /** Only where nobody writes the data by hand (change sets). */
  readonly message?: string;
}
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
export declare const validateScheduleFile: Validator;
