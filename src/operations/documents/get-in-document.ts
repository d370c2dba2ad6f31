import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { printableLine } from '../../diagnostics/printable.ts';
import type { HostPath } from '../../model/brand.ts';
import type { JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import { EXIT } from '../../model/outcome.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import type { DocumentVersion } from './document-version.ts';

/** `setpoint doc get`. */
export interface DocumentGetResult {
  readonly path: HostPath;
  /** Of the whole document, also where a part of it was asked for. `absent`: there is no file. */
  readonly version: DocumentVersion;
  /** JSON pointer of the part that was asked for; empty: all of it. */
  readonly pointer: string;
  readonly data: JsonValue;
}

/** A document, or the part at a JSON pointer. Throws SP9027 (exit 64), SP2328 (1), and as `readDocument`. */
export async function getInDocument(
  session: Session,
  path: HostPath,
  pointer: string,
): Promise<DocumentGetResult> {
  const keys = keysOf(pointer);
  const { data, version } = await readDocument(session, path);
  let part: JsonValue | undefined = data;
  for (const key of keys) part = part === undefined ? undefined : memberOf(part, key);
  if (part === undefined) throw nothingAt(path, pointer);
  return { path, version, pointer, data: part };
}

function keysOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) throw noPointer(pointer);
  const steps = pointer.slice(1).split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function memberOf(value: JsonValue, key: string): JsonValue | undefined {
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value;
    return /^(?:0|[1-9]\d*)$/.test(key) ? list[Number(key)] : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function nothingAt(path: string, pointer: string): SetpointError {
  const message = `${printableLine(path)} has nothing at ${printableLine(pointer)}`;
  return new SetpointError(EXIT.failed, [{ code: 'SP2328', severity: 'error', message }]);
}

function noPointer(pointer: string): SetpointError {
  const message = `${printableLine(pointer)} is no JSON pointer`;
  const help = 'write it as /schedules/0/params; ~1 stands for a slash in a key, ~0 for a tilde';
  return new SetpointError(EXIT.usage, [{ code: 'SP9027', severity: 'error', message, help }]);
}
