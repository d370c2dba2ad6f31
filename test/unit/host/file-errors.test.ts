import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { errorCode, errorWords, fileError } from '../../../src/host/file-errors.ts';
import { removeTree } from '../../../src/host/remove-tree.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: raw`), { code, syscall: 'write' });
}

describe('errors of the operating system, for people', () => {
  test.each([
    ['ENOSPC', 'SP6010', 'no space left on its file system'],
    ['EROFS', 'SP6011', 'its file system is read-only'],
    ['EACCES', 'SP6012', 'permission denied'],
    ['EPERM', 'SP6012', 'operation not permitted'],
    ['EDQUOT', 'SP6013', 'the disk quota is used up'],
    ['EIO', 'SP6014', 'the storage reported an input/output error'],
    ['EMFILE', 'SP6017', 'too many open files in this process'],
    ['ENAMETOOLONG', 'SP6015', 'name too long'],
  ])('%s is %s', (code, expected, words) => {
    const error = fileError(systemError(code), 'write', '/etc/x');
    expect(error).toBeInstanceOf(SetpointError);
    if (!(error instanceof SetpointError)) return;
    expect(error.exitCode).toBe(1);
    expect(error.diagnostics[0]).toMatchObject({
      code: expected,
      message: `cannot write /etc/x: ${words}`,
    });
    expect(error.diagnostics[0]?.help !== undefined).toBe(expected !== 'SP6015');
    expect(error.cause).toMatchObject({ code });
  });

  test('what is no system error stays what it is', () => {
    const bug = new TypeError('undefined is not a function');
    expect(fileError(bug, 'write', '/x')).toBe(bug);
    const known = new SetpointError(5, []);
    expect(fileError(known, 'write', '/x')).toBe(known);
    expect(fileError('text', 'write', '/x').message).toBe('text');
    expect(errorCode(bug)).toBeUndefined();
    expect(errorWords(bug)).toBe('undefined is not a function');
  });
});

const attributes = process.geteuid?.() === 0 && spawnSync('chattr', ['-i', '/tmp']).status === 0;

describe.skipIf(!attributes)(
  'an immutable place (needs root and a file system with attributes)',
  () => {
    let dir = '';
    afterEach(() => {
      spawnSync('chattr', ['-R', '-i', dir]);
      rmSync(dir, { recursive: true });
    });

    function refused(fixed: string, act: () => void): Error {
      expect(spawnSync('chattr', ['+i', fixed]).status).toBe(0);
      try {
        act();
      } catch (error) {
        return fileError(error, 'act on', join(dir, 'stage'));
      }
      throw new Error('not refused');
    }

    test.each(['.', 'stage', 'stage/a file'])(
      '%s is named with the command that frees it',
      (name) => {
        dir = mkdtempSync(join(tmpdir(), 'setpoint-fixed-'));
        mkdirSync(join(dir, 'stage'));
        writeFileSync(join(dir, 'stage/a file'), '');
        const fixed = join(dir, name);
        const error = refused(fixed, () => removeTree(join(dir, 'stage')));
        const [problem] = error instanceof SetpointError ? error.diagnostics : [];
        expect(problem).toMatchObject({
          code: 'SP6061',
          message: `cannot act on ${dir}/stage: ${fixed} is immutable`,
        });
        const [, thaw = 'false'] = /`(chattr [^`]+)`/.exec(problem?.help ?? '') ?? [];
        expect(spawnSync('sh', ['-c', thaw]).status).toBe(0);
        removeTree(join(dir, 'stage'));
      },
    );

    test('is also one in which a directory cannot be made', () => {
      dir = mkdtempSync(join(tmpdir(), 'setpoint-fixed-'));
      const error = refused(dir, () => mkdirSync(join(dir, 'stage')));
      expect(error.message).toContain(`${dir} is immutable`);
    });
  },
);
