import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteWord, shellLine } from '../../../src/diagnostics/shell-words.ts';

test.each([
  ['/etc/a.conf', '/etc/a.conf'],
  ['root@host:/a+b=c,d%e', 'root@host:/a+b=c,d%e'],
  ['a b', "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ['$(x)', "'$(x)'"],
  ['a\nb', "'a\nb'"],
  ['', "''"],
])('a shell reads %j as the same word', (word, quoted) => {
  expect(quoteWord(word)).toBe(quoted);
  expect(execFileSync('sh', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(word);
});

test('a command line is its words, each of them quoted where it has to be', () => {
  expect(shellLine(['a', 'b c', "d'e", '$HOME', ''])).toBe(`a 'b c' 'd'\\''e' '$HOME' ''`);
});
