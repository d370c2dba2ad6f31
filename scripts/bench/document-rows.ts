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
  const judge = await openDocumentSchema('schedule-file', null);
  const { data } = await readDocument(session, PATH);
  const parsed: Side = () => timed(() => Promise.resolve(void parse(readFileSync(file, 'utf8'))));
  const bench: BenchFiles = {
    root,
    stateDir: session.host.stateDir,
    files: [{ path: '/etc/floor' as HostPath, realPath: join(etc, 'floor') as RealPath }],
    directories: [etc],
  };
  const replaced: Side = (round) =>
    timed(() => replaceFiles(bench, Buffer.from(`${TEXT}# ${String(round)}\n`)));
  const row = async (
    name: string,
    limit: number | null,
    subject: Side,
    floor: Side,
  ): Promise<Row> => ({
    name,
    limit,
    ...(await compare({ subject, floor }, { rounds, warmUp: WARM_UP })),
  });
  return [
    await row(
      'schedule document, read',
      null,
      () => timed(async () => void (await readDocument(session, PATH))),
      parsed,
    ),
    await row(
      '  validate',
      null,
      () => timed(async () => void judge({ text: TEXT, value: data }, PATH)),
      parsed,
    ),
    await row('  backup', 4, (round) => backUp(session, file, round), replaced),
    await row('  locked write', 10, (round) => write(session, round), replaced),
  ];
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
  return timed(
    async () => void (await updateDocument(session, PATH, change, { schema: 'schedule-file' })),
  );
}
