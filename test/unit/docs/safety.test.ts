import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const TOP = new URL('../../../', import.meta.url);
const TEXT = readFileSync(new URL('docs/SAFETY.md', TOP), 'utf8');

/** Lines of its tables, without their heads: promise, and what shows it. */
const rows = TEXT.split('\n')
  .filter((line) => /^\| (?!promise|part|---)/.test(line))
  .map((line) => line.split(' | '));
const promises = rows.filter((cells) => cells.length === 2);

function all(pattern: RegExp, text = TEXT): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];
}

test.each(all(/`(test\/[^`]+)`/g))('%s, which SAFETY.md names, is there and has tests', (path) => {
  expect(existsSync(new URL(path, TOP)) ? '' : 'missing').toBe('');
  if (path.endsWith('.ts')) return;
  const files = readdirSync(new URL(path, TOP), { encoding: 'utf8', recursive: true });
  expect(files.join('\n')).toContain('.test.ts');
});

test('parts and scripts that SAFETY.md names are there', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', TOP), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const known = readdirSync(new URL('test/fault', TOP), { encoding: 'utf8', recursive: true });
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...all(/npm run ([a-z:0-9]+)/g)]));
  const parts = all(/\bpart `([a-z]+)`/g);
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter((part) => !known.some((file) => file.endsWith(`/${part}-part.ts`)))).toEqual(
    [],
  );
});

test('each promise is short and names what shows it', () => {
  expect(promises.length).toBeGreaterThan(50);
  const shown = /`test\/|`npm run |\bpart `/;
  expect(promises.filter(([, by = '']) => !shown.test(by))).toEqual([]);
  expect(promises.filter(([promise = '']) => promise.length > 170)).toEqual([]);
});
