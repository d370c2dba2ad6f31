/**
 * One of many processes that want the same lock, to be stopped and killed: `node contender.mjs run|path ROOT TURNS`. Every turn
 * adds one to a number; after it the new number is written to a log of its own, so that two equal ones are a lost write.
 */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HeldLock } from '../../src/host/ports.ts';
import type { Millis, RealPath } from '../../src/model/brand.ts';
import { openSession } from '../../src/operations/open-session.ts';
import { updateFile } from '../../src/operations/update-file.ts';
import { COUNTER, isAlive, LOCK_TIMEOUT, processMark } from './contention-oracle.ts';

const [mode, root = '', turns = '1'] = process.argv.slice(2);
const session = await openSession({
  root,
  host: 'cp-1',
  cwd: '/',
  env: { PATH: process.env['PATH'] },
  actor: 'contender',
  lockTimeout: LOCK_TIMEOUT as Millis,
});
const marker = join(root, 'inside');
const counter = join(root, COUNTER);
let slowest = 0;

for (let turn = 0; turn < Number(turns); turn += 1) {
  const begun = performance.now();
  const written = mode === 'run' ? await underRunLock(begun, turn) : await underPathLock(begun);
  appendFileSync(join(root, `done-${String(process.pid)}`), `${String(written)}\n`);
}
process.stdout.write(String(Math.round(slowest)));

async function underRunLock(begun: number, turn: number): Promise<number> {
  const file = join(session.host.stateDir, 'lock') as RealPath;
  const lock = await session.host.locks.acquire(file, 'contender', LOCK_TIMEOUT as Millis);
  slowest = Math.max(slowest, performance.now() - begun);
  enter(String(process.pid));
  const next = Number(readFileSync(counter, 'utf8')) + 1;
  await sleep(Math.random() * 3);
  // Some die with work under way that a child goes on with: the child has the lock then.
  if (process.env['ORPHANS'] === 'yes' && turn > 0 && Math.random() < 0.02)
    await leaveOrphan(lock, next);
  // Not in place: a kill between truncating and writing would count as a lost write.
  writeFileSync(`${counter}.new`, String(next));
  renameSync(`${counter}.new`, counter);
  leave();
  lock.release();
  return next;
}

/** The orphan says its name in the marker, works on for a while, writes the number and goes. */
async function leaveOrphan(lock: HeldLock, next: number): Promise<never> {
  const script = `read -r _ < "$0.go"; sleep 0.1; printf '%s' ${String(next)} > "$1.new"; mv "$1.new" "$1"; rm "$0" "$0.go"`;
  writeFileSync(`${marker}.go`, '\n');
  const child = spawn('sh', ['-c', script, marker, counter], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', lock.fd],
  });
  writeFileSync(marker, processMark(String(child.pid)));
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

async function underPathLock(begun: number): Promise<number> {
  let next = 0;
  await updateFile(session, `/${COUNTER}`, (bytes) => {
    slowest = Math.max(slowest, performance.now() - begun);
    enter(String(process.pid));
    next = Number(Buffer.from(bytes ?? []).toString()) + 1;
    leave();
    return Buffer.from(String(next));
  });
  return next;
}

/** The oracle knows nothing of the lock: a marker of a living process means that two are inside. */
function enter(pid: string): void {
  for (;;) {
    try {
      const fd = openSync(marker, 'wx');
      writeSync(fd, processMark(pid));
      closeSync(fd);
      return;
    } catch {
      const other = readMarker();
      if (other !== '' && isAlive(other)) {
        appendFileSync(join(root, 'violations'), `${pid} met ${other}\n`);
      }
      rmSync(marker, { force: true });
    }
  }
}

function leave(): void {
  if (readMarker() !== processMark(String(process.pid))) {
    appendFileSync(join(root, 'violations'), `${String(process.pid)} was joined\n`);
  }
  rmSync(marker, { force: true });
}

function readMarker(): string {
  try {
    return readFileSync(marker, 'utf8');
  } catch {
    return '';
  }
}
