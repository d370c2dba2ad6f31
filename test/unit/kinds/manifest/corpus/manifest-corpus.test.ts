import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../../../../src/diagnostics/codes/index.ts';
import { inspectManifest } from '../../../../../src/kinds/manifest/inspect.ts';
import type { InspectedFlag } from '../../../../../src/kinds/manifest/inspect.ts';
import type { ItemKey } from '../../../../../src/model/brand.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import {
  absent,
  codes,
  elements,
  entries,
  fixture,
  good,
  kind,
  manage,
  PATH,
  release,
  restores,
  specOf,
  textOf,
  value,
} from '../manifest-rig.ts';
import { editedFixtures } from './edited-fixtures.ts';
import type { EditedFixture } from './edited-fixture.ts';
import {
  decodeManifest,
  linesOfItem,
  listsOf,
  placeOf,
  withoutLists,
} from './independent-decoder.ts';
import type { ListName } from './independent-decoder.ts';
import { refusedFixtures } from './refused-fixtures.ts';

const FOLDER = new URL('../../../../../fixtures/manifests/', import.meta.url);
const NEW_FLAG = 'setpoint-corpus-new-flag';
const NEW_VALUE = 'a: "new" value #1';

it('the corpus has a row for every file and a file for every row', () => {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => (entry.parentPath.endsWith('refused') ? `refused/${entry.name}` : entry.name));
  const rows = [...editedFixtures, ...refusedFixtures].map(({ file }) => file);
  expect(rows.toSorted()).toEqual(files.toSorted());
  expect(new Set(rows).size).toBeGreaterThanOrEqual(60);
});

/** Both lists of the chosen container and all the rest, decoded without setpoint. */
function read(image: FileImage, row: EditedFixture) {
  const pod = decodeManifest(textOf(image));
  const place = placeOf(pod, row.container);
  return { place, lists: listsOf(pod, place), rest: withoutLists(pod, place) };
}

const nameOf = (item: string) => item.replace(/^--?/, '').replace(/=[^]*/, '').replaceAll('_', '-');

function find(lists: Readonly<Record<ListName, string[]>>, flag: string): [ListName, number] {
  for (const list of ['args', 'command'] as const) {
    const index = lists[list].findLastIndex((one) => one.startsWith('-') && nameOf(one) === flag);
    if (index !== -1) return [list, index];
  }
  throw new Error(`no --${flag}`);
}

/** Lines that differ: first one from 0, and how many of the old and the new text. */
function changedLines(before: FileImage, after: FileImage) {
  const [old, now] = [before, after].map((one) =>
    textOf(one)
      .split('\n')
      .map((line) => line.replace(/\r$/, '')),
  ) as [string[], string[]];
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first += 1;
  let same = 0;
  const most = Math.min(old.length, now.length) - first;
  while (same < most && old.at(-1 - same) === now.at(-1 - same)) same += 1;
  return { first, removed: old.length - first - same, added: now.length - first - same };
}

/** No test where the table has no flag for it. */
function given(flag: string | null | undefined): readonly string[] {
  return flag === undefined || flag === null ? [] : [flag];
}

/** What declares a flag as it stands. */
function asItIs({ value: found, parts }: InspectedFlag): FlagDeclaration {
  if (parts === undefined) return value(found ?? 'true');
  return 'include' in parts ? elements(parts.include) : entries(parts.entries);
}

describe.each(editedFixtures)('$file', (row) => {
  const original = fixture(row.file);
  const container = row.container ?? null;
  const found = good(inspectManifest(original, container));
  /** Those with one value; what is given several times is declared part by part. */
  const names = found.flags.filter(({ parts }) => parts === undefined).map(({ name }) => name);
  const before = read(original, row);
  const change = row.change === undefined ? names[0] : row.change;
  const remove = row.remove === undefined ? names.at(-1) : row.remove;

  it('stays as it is when there is nothing to do', () => {
    expect(good(kind.edit(original, [], PATH)).image).toBe(original);
    const same = found.flags.slice(0, 25).map((flag) => [flag.name, asItIs(flag)] as const);
    expect(manage(original, Object.fromEntries(same), container).image).toBe(original);
  });

  // Two items where the table says so, which is not asked of setpoint.
  const sizeOf = (flag: string) => (row.twoItems?.includes(flag) === true ? 2 : 1);

  it.each(given(change))('changes --%s, in its lines and nothing else', (flag) => {
    const step = manage(original, { [flag]: value(NEW_VALUE) }, container);
    const [list, index] = find(before.lists, flag);
    const spelled = before.lists[list][index]?.split('=')[0];
    const after = read(step.image, row);
    expect(after.rest).toEqual(before.rest);
    const [at, text] =
      sizeOf(flag) === 2 ? [index + 1, NEW_VALUE] : [index, `${spelled}=${NEW_VALUE}`];
    const wanted = before.lists[list].with(at, text);
    expect(after.lists).toEqual({ ...before.lists, [list]: wanted });
    const [from, to] = linesOfItem(textOf(original), before.place, list, at);
    const lines = changedLines(original, step.image);
    expect(lines.first).toBeGreaterThanOrEqual(from);
    expect(lines.first + lines.removed).toBeLessThanOrEqual(to + 1);
    expect(release(step.image, restores(step, null))).toEqual(original);
  });

  it.each(given(remove))('removes --%s, its lines and nothing else', (flag) => {
    const step = manage(original, { [flag]: absent }, container);
    const [list, index] = find(before.lists, flag);
    const after = read(step.image, row);
    expect(after.rest).toEqual(before.rest);
    const wanted = before.lists[list].toSpliced(index, sizeOf(flag));
    expect(after.lists).toEqual({ ...before.lists, [list]: wanted });
    const [from] = linesOfItem(textOf(original), before.place, list, index);
    const last = index + sizeOf(flag) - 1;
    const [, to] = linesOfItem(textOf(original), before.place, list, last);
    const lines = changedLines(original, step.image);
    expect(lines.first).toBeGreaterThanOrEqual(from);
    expect(lines.first + lines.removed).toBeLessThanOrEqual(to + 1);
    expect(release(step.image, restores(step, null))).toEqual(original);
  });

  it('adds a flag, after those that are there, in a line of its own or between commas', () => {
    const step = manage(original, { [NEW_FLAG]: value(NEW_VALUE) }, container);
    const after = read(step.image, row);
    const [list, index] = find(after.lists, NEW_FLAG);
    expect(after.rest).toEqual(before.rest);
    expect(after.lists[list][index]).toBe(`--${NEW_FLAG}=${NEW_VALUE}`);
    expect({ ...after.lists, [list]: after.lists[list].toSpliced(index, 1) }).toEqual(before.lists);
    const lines = changedLines(original, step.image);
    expect(lines.added - lines.removed).toBeLessThanOrEqual(1);
    expect(lines.removed).toBeLessThanOrEqual(2);
    expect(release(step.image, restores(step, original))).toEqual(original);
  });

  it('does all of it at once, and takes it back in any order', () => {
    const flags = {
      ...(change ? { [change]: value(NEW_VALUE) } : {}),
      ...(remove && remove !== change ? { [remove]: absent } : {}),
      [NEW_FLAG]: value(NEW_VALUE),
    };
    const step = manage(original, flags, container);
    expect(manage(step.image, flags, container).image).toBe(step.image);
    for (const edits of [restores(step, original), restores(step, null).toReversed()]) {
      expect(release(step.image, edits)).toEqual(original);
    }
  });

  it('refuses the flags that the table names, with a way forward, and no others', () => {
    const refused = row.refused ?? {};
    const flags = Object.keys(refused);
    const inParts = found.flags.filter(({ parts }) => parts !== undefined).map(({ name }) => name);
    const nowhere = flags.filter((flag) => !inParts.includes(flag));
    expect(found.unsupported.length > 0).toBe(nowhere.length > 0 || row.arguments === true);
    expect(inParts.filter((name) => !flags.includes(name))).toEqual([]);
    expect(names.filter((name) => flags.includes(name))).toEqual([]);
    const answers = flags.map((flag) => {
      const key = `flags/${found.container}/${flag}` as ItemKey;
      const item = { key, value: NEW_VALUE, label: `--${flag}` };
      const observed = kind.observe(original, [key], PATH);
      expect(codes(kind.edit(original, [{ op: 'set', item }], PATH))).toEqual(codes(observed));
      const [problem] = observed.ok ? [] : observed.diagnostics;
      return [flag, problem?.help ? problem.code : 'no way forward'];
    });
    expect(Object.fromEntries(answers)).toEqual(refused);
  });
});

describe.each(refusedFixtures)('$file', ({ file, container, code, line }) => {
  const image = fixture(file);

  it(`is refused with ${code} at its place, with a way forward`, () => {
    const result = kind.desired(specOf({ a: value('2') }, container ?? null), image, PATH);
    if (result.ok) throw new Error('it was not refused');
    const [first] = result.diagnostics;
    expect(new Set(codes(result))).toEqual(new Set([code]));
    expect(first?.at?.line ?? null).toBe(line);
    for (const problem of result.diagnostics) {
      expect(problem.help).toBeTruthy();
      expect(problem.message).toContain(PATH);
      expect(CODES[problem.code].explanation).toBeTruthy();
    }
  });
});

// With a container named, only the choice of one is no longer in the way; what is recorded of a pod with a uid was declared with
// `uid: renew`.
const refusedAlways = refusedFixtures.filter(({ code }) => code !== 'SP2010' && code !== 'SP2008');

it.each(refusedAlways)('$file is neither observed nor edited', ({ file, container }) => {
  const image = fixture(file);
  const key = `flags/${container ?? 'x'}/a` as ItemKey;
  expect(kind.observe(image, [key], PATH).ok).toBe(false);
  const item = { key, value: '2', label: '--a' };
  expect(kind.edit(image, [{ op: 'set', item }], PATH).ok).toBe(false);
});
