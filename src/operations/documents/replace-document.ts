import { readLive } from '../../apply/files/live-file.ts';
import { writeOne, type WrittenFile } from '../../apply/files/write-one.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { requirePrivateState } from '../../host/private-state.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import { imageOf, type FileImage, type ObservedFile } from '../../model/file-image.ts';
import type { JsonValue } from '../../model/item.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { placeRefusals } from '../transaction/place-refusals.ts';
import { changedSince, invalid, notAsWritten, notJsonData } from './document-errors.ts';
import type { JudgeDocument } from './document-schema.ts';
import { composeText, type ComposedText } from './document-text.ts';
import { NO_FILE, versionOf, type DocumentVersion } from './document-version.ts';
import { notJson, sameData } from './json-data.ts';
import { keepReplaced, type KeptBefore } from './keep-replaced.ts';
import { refuseManaged } from './managed-items.ts';
import { knownDocument, rememberDocument } from './parsed-documents.ts';

/** What became of a document. */
export interface WrittenDocument {
  /** Symbolic links resolved. */
  readonly path: HostPath;
  readonly before: DocumentVersion;
  /** The version that it has now; `before` where it held that data already, and nothing was written. */
  readonly version: DocumentVersion;
  readonly changed: boolean;
  /** No edit of the old text led to the data: comments and style of the file are gone. The backup has them. */
  readonly rewritten: boolean;
  /** Of what was replaced: `setpoint backup restore RUN`. Null where nothing was written. */
  readonly backup: RunId | null;
}

/** What a document is to hold. */
export interface Decision {
  /** What it has to be still, or SP2320 (exit 6); null: whatever it is. */
  readonly ifVersion: DocumentVersion | null;
  /** Gets what it held as a value that may be changed; null where there was no file. May throw: then nothing is written. */
  readonly decide: (held: JsonValue) => unknown;
}

const NEW_MODE = 0o644;

/**
 * Reads, decides and writes under the lock of the path. Every refusal comes before the first byte is written. Throws: SP2320 (exit 6), SP2321
 * (7), what `decide` throws, SP2322, SP2323, SP2232 and those of `src/structured` (65), SP2325 (1, 5), SP2326 (4), and those of `updateFile`.
 */
export async function replaceDocument(
  session: Session,
  path: HostPath,
  decision: Decision,
  judge: JudgeDocument,
): Promise<WrittenDocument> {
  const { host, options } = session;
  requirePrivateState(host);
  const observed = await host.root.observe(path);
  const places = await placeRefusals(host, [observed]);
  if (places.length > 0) throw new SetpointError(EXIT.failed, places);
  // Who has lost already need not wait for the lock to hear it.
  if (observed.content.kind !== 'refused')
    requireExpected(path, decision, imageOf(observed.content));
  const work: Work = { session, path, decision, judge, composed: null, kept: null };
  try {
    const written = await writeOne(
      host,
      path,
      options.lockTimeout,
      (found, file) => compose(work, found, file),
      requireWritten,
    );
    if (work.composed !== null) {
      rememberDocument(session, work.composed.bytes, path, work.composed.read);
    }
    return resultOf(written, work);
  } catch (error) {
    dropUnused(work);
    throw error;
  }
}

/** One write; what it comes to is filled in under the lock. */
interface Work {
  readonly session: Session;
  readonly path: HostPath;
  readonly decision: Decision;
  readonly judge: JudgeDocument;
  composed: ComposedText | null;
  kept: (KeptBefore & { readonly file: ObservedFile }) | null;
}

async function compose(work: Work, found: FileImage, file: ObservedFile): Promise<FileImage> {
  const { session, path, decision, judge } = work;
  requireExpected(path, decision, found);
  const source = knownDocument(session, found, path);
  // A copy: what the caller does to it must not change what the edits are computed from.
  const held = structuredClone(source?.value ?? null);
  const data = jsonOf(await decision.decide(held), path);
  const same = source !== null && sameData(source.value, data);
  const composed = same ? null : composeText(source, data, path);
  const text = composed?.text ?? source?.text ?? '';
  const problems = judge({ text, value: data }, path);
  if (problems.length > 0) throw invalid(problems);
  if (composed === null) return found;
  const mode = found.exists ? found.mode : NEW_MODE;
  const image: FileImage = { exists: true, bytes: composed.bytes, mode };
  await refuseManaged(session, file.path, found, image);
  work.kept = { ...(await keepReplaced(session, file)), file };
  work.composed = composed;
  return image;
}

/** Before the document is parsed: of many writers at once, most hear this. */
function requireExpected(path: string, { ifVersion }: Decision, found: FileImage): void {
  if (ifVersion === null) return;
  const version = versionOf(found);
  if (version !== ifVersion) throw changedSince(path, ifVersion, version);
}

function jsonOf(data: unknown, path: string): JsonValue {
  const problems = notJson(data);
  if (problems.length > 0) throw notJsonData(path, problems);
  // Through its text, as what is written will be: of -0 that leaves 0.
  return JSON.parse(JSON.stringify(data)) as JsonValue;
}

/** Reads the file again, under the lock still. */
function requireWritten({ path, after }: WrittenFile, { realPath }: ObservedFile): void {
  const live = readLive(realPath);
  if (live.kind === 'file' && live.state.sha256 === after?.sha256) return;
  throw notAsWritten(path);
}

/** The backup of a write that never was. Where the file has gone on from there, it stays. */
function dropUnused({ kept }: Work): void {
  if (kept === null) return;
  const { realPath, content } = kept.file;
  const live = readLive(realPath);
  const before = content.kind === 'file' ? content.state.sha256 : null;
  if ((live.kind === 'file' ? live.state.sha256 : null) === before) kept.drop();
}

function resultOf({ path, before, after }: WrittenFile, work: Work): WrittenDocument {
  const was = before?.sha256 ?? NO_FILE;
  return {
    path,
    before: was,
    version: after?.sha256 ?? NO_FILE,
    changed: work.composed !== null,
    rewritten: work.composed?.rewritten ?? false,
    backup: work.kept?.run ?? null,
  };
}
