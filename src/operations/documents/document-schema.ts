import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { printableLine } from '../../diagnostics/printable.ts';
import { errorWords } from '../../host/file-errors.ts';
import type { JsonObject, JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { EXIT } from '../../model/outcome.ts';
import { readStructured } from '../../structured/read-structured.ts';
import { OWN_LAYOUT } from '../../kinds/schedule/layout.ts';
import { validateScheduleDocument } from '../../kinds/schedule/validating/validate-document.ts';
import { openSchema } from '../schemas/open-schema.ts';
import { judgeBySchema } from './judge-by-schema.ts';

/**
 * What a document has to be: a JSON schema (draft 2020-12, or 07 where it says so), the path of a file that holds one, or the name of one
 * that setpoint brings along: `schedule-file`, which judges schedules, zones and names, too.
 */
export type DocumentSchema = string | JsonObject;

/** A document as it is to be written, or as it stands: its text and what that holds. */
export interface JudgedDocument {
  readonly text: string;
  readonly value: JsonValue;
}

/** Every problem of the document at `path`; empty: it fits. */
export type JudgeDocument = (document: JudgedDocument, path: string) => readonly Diagnostic[];

/** Reads and compiles a schema once, before any lock is taken. Throws SP2324 (exit 64) for what is none. */
export async function openDocumentSchema(
  schema: DocumentSchema | undefined,
  cwd: string | null,
): Promise<JudgeDocument> {
  if (schema === undefined) return () => [];
  if (typeof schema !== 'string') return compiled(schema, 'the schema');
  const builtIn = BUILT_IN.get(schema);
  return builtIn === undefined ? compiled(await readSchema(schema, cwd), schema) : builtIn();
}

const BUILT_IN: ReadonlyMap<string, () => JudgeDocument> = new Map([
  ['schedule-file', () => judgeScheduleFile],
]);

/** As a plan judges it that says nothing else: our schema, names, schedules as Kubernetes reads them, the zone. */
function judgeScheduleFile(document: JudgedDocument, path: string): readonly Diagnostic[] {
  const rules = { dialect: 'kubernetes', layout: OWN_LAYOUT, schema: 'own' } as const;
  return validateScheduleDocument(document, path, rules);
}

async function compiled(schema: JsonObject, name: string): Promise<JudgeDocument> {
  const opened = await openSchema(schema);
  if (opened.ok) return ({ value }, path) => judgeBySchema(opened.check, value, path);
  throw unusable(`${printableLine(name)}: ${printableLine(opened.why)}`);
}

async function readSchema(file: string, cwd: string | null): Promise<JsonObject> {
  const path = resolve(cwd ?? '/', file);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unusable(`${printableLine(path)}: ${errorWords(error)}`, error);
  });
  const read = readStructured(bytes, path);
  if (!read.ok) throw unusableFile(read.diagnostics);
  if (!isJsonObject(read.value.value)) throw unusable(`${printableLine(path)}: not a map`);
  return read.value.value;
}

function unusable(message: string, cause?: unknown): SetpointError {
  const help =
    'give a JSON schema of draft 2020-12 or 07 without references to other files, or schedule-file';
  const problem = { code: 'SP2324', severity: 'error', message, help } as const;
  return new SetpointError(EXIT.usage, [problem], { cause });
}

function unusableFile(problems: readonly Diagnostic[]): SetpointError {
  return new SetpointError(EXIT.usage, problems);
}
