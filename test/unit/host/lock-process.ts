/** A process of its own for lock tests: `lock-process.ts MODE FILE [N]`. Talks on stdout, one JSON value a line. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { systemClock } from '../../../src/host/clock.ts';
import { hostCommands } from '../../../src/host/commands.ts';
import { adoptLock, ofdLocks } from '../../../src/host/locks.ts';
import type { Millis, RealPath } from '../../../src/model/brand.ts';

const [mode, file = '', count = '1'] = process.argv.slice(2);
const locks = ofdLocks(systemClock, 'boot-1');

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function acquire(): ReturnType<typeof locks.acquire> {
  return locks.acquire(file as RealPath, `test ${mode}`, 30_000 as Millis);
}

/** Each turn proves that it is alone: the marker must not exist, and no increment may be lost. */
async function increment(): Promise<void> {
  for (let turn = 0; turn < Number(count); turn += 1) {
    const lock = await acquire();
    closeSync(openSync(`${file}.inside`, 'wx'));
    writeFileSync(`${file}.count`, String(Number(readFileSync(`${file}.count`, 'utf8')) + 1));
    rmSync(`${file}.inside`);
    lock.release();
  }
}

/** Holds the lock and gives its event loop no turn until FILE.go exists. */
async function holdBusily(): Promise<void> {
  const lock = await acquire();
  writeFileSync(`${file}.inside`, '');
  say({ pid: process.pid });
  while (!existsSync(`${file}.go`));
  rmSync(`${file}.inside`);
  lock.release();
}

if (mode === 'hold') {
  const lock = await acquire();
  writeFileSync(`${file}.inside`, '');
  lock.describe({ run: '01RUN' });
  say({ pid: process.pid });
  const leave = (): void => {
    rmSync(`${file}.inside`);
    lock.release();
  };
  process.stdin.on('end', leave).resume();
} else if (mode === 'hold-busily') {
  await holdBusily();
} else if (mode === 'enter') {
  say({ pid: process.pid });
  const lock = await acquire();
  say({ alone: !existsSync(`${file}.inside`) });
  lock.release();
} else if (mode === 'increment') {
  await increment();
} else if (mode === 'hand-over') {
  const lock = await acquire();
  const argv = ['--import', 'tsx', import.meta.filename, 'guard', file];
  const guardian = spawn(process.execPath, argv, {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', lock.fd],
  });
  guardian.unref();
} else if (mode === 'guard') {
  const lock = await adoptLock(3);
  lock.describe({ pid: process.pid, command: 'guardian' });
  // A command of the guardian outlives it and must not keep the lock.
  void hostCommands(process.env).run(['sleep', '1000'], {
    cwd: '/',
    timeout: 1_000_000 as Millis,
    onStart: (group) => say({ pid: process.pid, group }),
  });
}
