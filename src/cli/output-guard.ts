// oxlint-disable no-underscore-dangle -- node:stream names the functions that write for a stream so.
import { closeSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty } from 'node:tty';
import type { Writable } from 'node:stream';

/** What standard output and standard error refused. Nothing that is refused there decides how a command ends its work. */
export interface OutputGuard {
  /**
   * Resolves when everything was handed to the system: the first error of standard output, or `null`. A reader that left
   * (EPIPE, as in `| head`) is none.
   */
  lostAnswer(): Promise<NodeJS.ErrnoException | null>;
}

interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Takes every write error of both streams (a full disk, a terminal that is gone) from now on, for the life of the process. They
 * are taken where they arise: as `error` events they would reach oclif's listener, which throws them.
 */
export function guardOutput({ stdout, stderr }: Streams): OutputGuard {
  let lost: NodeJS.ErrnoException | null = null;
  takeErrors(stdout, (error) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
  // There is no third place to tell what standard error refused.
  takeErrors(stderr, () => {});
  return {
    async lostAnswer() {
      await Promise.all([written(stdout), written(stderr)]);
      return lost;
    },
  };
}

type Done = (error?: Error | null) => void;

function takeErrors(stream: Writable, remember: (error: NodeJS.ErrnoException) => void): void {
  const taken = (done: Done): Done => {
    return (error) => {
      if (error != null) remember(error);
      done();
    };
  };
  const write = writerOf(stream);
  const writev = stream._writev?.bind(stream);
  stream._write = (chunk, encoding, done) => write(chunk, encoding, taken(done));
  if (writev !== undefined) stream._writev = (chunks, done) => writev(chunks, taken(done));
}

/** Errors of earlier writes are told before the empty write is done. */
function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => setImmediate(resolve));
  });
}

/**
 * Node writes files and character devices with one unchecked write(2) a chunk: its errors are thrown at the caller, whoever that
 * is, and a short write (the disk is full in the middle) goes unnoticed. Pipes and terminals do better.
 */
function writerOf(stream: Writable & { readonly fd?: number }): Writable['_write'] {
  const { fd } = stream;
  if (stream instanceof Socket || fd === undefined) return stream._write.bind(stream);
  return (chunk: Uint8Array | string, encoding, done) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
}

/**
 * Puts /dev/null in the place of terminals that have gone since, at the end of the process. Node resets the terminal's mode as
 * its last act and aborts (SIGABRT or SIGSEGV instead of an exit code) when the system says EIO; it leaves a descriptor alone
 * that is another file now (node.cc, ResetStdio).
 */
export function releaseLostTerminals(): void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  if (terminals.length === 0) return;
  process.on('exit', () => {
    for (const fd of terminals) {
      if (isatty(fd)) continue;
      // open(2) takes the lowest free number, which is this one.
      closeSync(fd);
      openSync('/dev/null', 'r+');
    }
  });
}
