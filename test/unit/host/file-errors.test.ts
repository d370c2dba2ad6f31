import { describe, expect, test } from 'vitest';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { errorCode, errorWords, fileError } from '../../../src/host/file-errors.ts';

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
