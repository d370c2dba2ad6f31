import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Dialect } from '../../cron/dialect.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostPath } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { readDocuments } from '../../structured/read-structured.ts';
import type { UnnamedSession } from '../session.ts';
import { crontabEntries } from './crontab-entries.ts';
import { crontabWarnings } from './crontab-warnings.ts';
import type { ScheduleSource } from './schedule-entry.ts';
import { yamlEntries } from './yaml-entries.ts';

/** Ten thousand entries with long texts. */
const LARGEST = 16 * 1024 * 1024;

/** Whether a word of the command line is an expression; else it is a file. */
export function isExpression(word: string): boolean {
  return !/^[./]/.test(word) && (word === '' || word.startsWith('@') || /\s/.test(word));
}

/** An expression as a file of one line. */
export function expressionSource(text: string, dialect: Dialect | null): ScheduleSource {
  const at = { line: 1, column: 1 };
  // Its own text is the seed of H: the same each time.
  const entry = { name: text, text, dialect: dialect ?? 'crontab', zone: null, enabled: true, at };
  const none = { unread: [], warnings: [], mostAtOnce: null };
  return { file: 'expression', text, entries: [entry], ...none };
}

/**
 * The schedules of a file: CronJob manifests, a schedule file, else a crontab. Absolute paths are of the host, others of the directory
 * that the command stands in. Throws SetpointError 64 (SP9020) where there are none.
 */
export async function readSource(
  session: UnnamedSession,
  file: string,
  dialect: Dialect | null,
): Promise<ScheduleSource> {
  const bytes = await bytesOf(session, file);
  if (bytes.length > LARGEST) throw refusal(`${file}: larger than 16 MiB`);
  const text = new TextDecoder().decode(bytes);
  const yaml = yamlEntries(text, dialect);
  if (yaml === null && /\.(?:ya?ml|json)$/i.test(file)) {
    const documents = readDocuments(bytes, file);
    if (!documents.ok) throw new SetpointError(EXIT.invalidPlan, documents.diagnostics);
  }
  const found = yaml ?? {
    ...crontabEntries(text, dialect ?? 'crontab'),
    mostAtOnce: null,
  };
  const isCrontab = yaml === null && (dialect ?? 'crontab') === 'crontab';
  const isEmpty = found.entries.length + found.unread.length === 0;
  if (!isEmpty) {
    return { file, text, ...found, warnings: isCrontab ? crontabWarnings(bytes, file) : [] };
  }
  throw refusal(
    `${file}: no schedules in it`,
    'name a schedule file with a list schedules, a crontab, or CronJob manifests',
  );
}

async function bytesOf({ host, options }: UnnamedSession, file: string): Promise<Uint8Array> {
  if (isAbsolute(file)) {
    const { content } = await host.root.observe(file as HostPath, { inPlace: true });
    if (content.kind === 'file') return content.bytes;
    throw refusal(
      `${file}: ${content.kind === 'absent' ? 'there is no such file' : content.reason}`,
    );
  }
  if (options.cwd === null) throw refusal(`${file}: the current directory was deleted`);
  try {
    return await regularFile(resolve(options.cwd, file), file);
  } catch (error) {
    if (error instanceof SetpointError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw refusal(`${file}: ${REASONS[code] ?? `cannot be read (${code})`}`, IN_QUOTES);
  }
}

/** To open a pipe would wait for somebody who writes to it, and a device may have no end. */
async function regularFile(path: string, file: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw refusal(`${file}: ${REASONS['EISDIR']}`);
    if (!stat.isFile()) throw refusal(`${file}: it is no regular file`);
    if (stat.size > LARGEST) throw refusal(`${file}: larger than 16 MiB`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read by this user',
};

/** For expressions of which the shell made several words, or names of files. */
export const IN_QUOTES = 'put an expression into quotes: setpoint schedule next "0 3 * * *"';

function refusal(message: string, help?: string): SetpointError {
  return new SetpointError(EXIT.usage, [
    { code: 'SP9020', severity: 'error', message, ...(help === undefined ? {} : { help }) },
  ]);
}
