import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { HostPath, Millis, RealPath } from '../../src/model/brand.ts';
import type { JsonObject } from '../../src/model/item.ts';
import { keepReplaced } from '../../src/operations/documents/keep-replaced.ts';
import { openDocumentSchema } from '../../src/operations/documents/document-schema.ts';
import { openSession } from '../../src/operations/open-session.ts';
import { readDocument } from '../../src/operations/read-document.ts';
import type { Session } from '../../src/operations/session.ts';
import { updateDocument } from '../../src/operations/update-document.ts';
import type { BenchFiles } from './bench-files.ts';
import { compare, timed, type Side } from './compare.ts';
import { replaceFiles } from './floor.ts';
import type { Row } from './row.ts';

const PATH = '/etc/schedules.yaml' as HostPath;
const WARM_UP = 10;
const SCHEMA = 'schedule-file';

/** About what a schedule file has: fifteen entries with parameters, 4 KiB. */
const ENTRIES = Array.from({ length: 15 }, (_, i) =>
  [
    `  - skill_name: job-${String(i)} # by the team that owns it`,
    `    schedule: "${String(i)} 3 * * 1-5"`,
    '    enabled: true',
    `    description: what it is for, in a line that says enough`,
    '    params:',
    '      retries: 3',
    '      target: /var/lib/target',
    '    tags: [nightly, team-a]',
    '    timeout_seconds: 600',
  ].join('\n'),
);
const TEXT = `version: 1.0.0\nschedules:\n${ENTRIES.join('\n')}\nglobal:\n  timezone: UTC\n`;

/**
 * A schedule document read, judged, backed up and written, each beside the least that does as much: a parse of its text, or a file that is
 * replaced durably. The write is all of it together: lock, read, edit and its proof, judgement, backup, rename, a look at the result.
 */
export async function documentRows(directory: RealPath, rounds: number): Promise<readonly Row[]> {
  const { session, file, parsed, replaced } = await openDocument(directory);
  const judge = await openDocumentSchema(SCHEMA, null);
  const { data } = await readDocument(session, PATH);
  const read: Side = (round) => {
    // What a session has parsed it does not parse again.
    writeFileSync(file, `${TEXT}# read ${String(round)}\n`);
    return timed(async () => void (await readDocument(session, PATH)));
  };
  const validate: Side = () =>
    timed(async () => void (await Promise.resolve(judge({ text: TEXT, value: data }, PATH))));
  const backup: Side = (round) => backUp(session, file, round);
  const lockedWrite: Side = (round) => write(session, round);
  // A program that writes again and again parses what it made, and knows what is there.
  const both: Side = async (round) => (await parsed(round)) + (await replaced(round));
  const rows = [
    { name: 'schedule document, read', limit: null, subject: read, floor: parsed },
    { name: '  validate', limit: null, subject: validate, floor: parsed },
    { name: '  backup', limit: 6, subject: backup, floor: replaced },
    { name: '  locked write', limit: 8, subject: lockedWrite, floor: both },
  ];
  const compared: Row[] = [];
  for (const { name, limit, ...sides } of rows) {
    compared.push({ name, limit, ...(await compare(sides, { rounds, warmUp: WARM_UP })) });
  }
  return compared;
}

interface BenchDocument {
  readonly session: Session;
  readonly file: RealPath;
  /** The floors: a parse of its text, and a file of its size replaced durably. */
  readonly parsed: Side;
  readonly replaced: Side;
}

async function openDocument(directory: RealPath): Promise<BenchDocument> {
  const root = mkdtempSync(join(directory, 'document-')) as RealPath;
  const session = await openSession({
    root,
    host: 'bench',
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    actor: 'bench',
    lockTimeout: 5000 as Millis,
  });
  const etc = join(root, 'etc') as RealPath;
  mkdirSync(etc);
  const file = join(etc, 'schedules.yaml') as RealPath;
  writeFileSync(file, TEXT);
  const bench: BenchFiles = {
    root,
    stateDir: session.host.stateDir,
    files: [{ path: '/etc/floor' as HostPath, realPath: join(etc, 'floor') as RealPath }],
    directories: [etc],
  };
  return {
    session,
    file,
    parsed: () => timed(() => Promise.resolve(void parse(readFileSync(file, 'utf8')))),
    replaced: (round) =>
      timed(() => replaceFiles(bench, Buffer.from(`${TEXT}# ${String(round)}\n`))),
  };
}

/** Of a content that the store does not have. */
async function backUp(session: Session, file: RealPath, round: number): Promise<number> {
  writeFileSync(file, `${TEXT}# backup ${String(round)}\n`);
  const observed = await session.host.root.observe(PATH);
  return timed(async () => void (await keepReplaced(session, observed)));
}

function write(session: Session, round: number): Promise<number> {
  const change = (held: unknown): JsonObject => ({
    ...(held as JsonObject),
    global: { timezone: 'UTC', max_concurrent: 1 + Math.abs(round) },
  });
  return timed(async () => void (await updateDocument(session, PATH, change, { schema: SCHEMA })));
}
