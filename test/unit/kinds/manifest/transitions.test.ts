import { describe, expect, it } from 'vitest';
import { inspectManifest } from '../../../../src/kinds/manifest/inspect.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import {
  absent,
  elements,
  entries,
  fixture,
  imageOf,
  kind,
  manage,
  PATH,
  release,
  restores,
  textOf,
  value,
  good,
} from './manifest-rig.ts';

const original = fixture('kubeadm-kube-scheduler.yaml');
const sets = (step: ReturnType<typeof manage>) =>
  step.desired.map((item): ItemEdit => ({ op: 'set', item }));

describe('a plan file that changes its mind', () => {
  it('swaps one element for another in place', () => {
    const first = manage(original, { plugins: elements(['A']), last: value('1') });
    const second = manage(first.image, { plugins: elements(['B']) });
    const element = restores(first, original).filter(
      (edit) => edit.op === 'restore' && edit.key.endsWith('/A'),
    );
    const image = good(kind.edit(first.image, [...element, ...sets(second)], PATH)).image;
    expect(textOf(image)).toBe(textOf(first.image).replace('--plugins=A', '--plugins=B'));
    const rest = restores(first, original).filter((edit) => !element.includes(edit));
    expect(release(image, [...restores(second, original), ...rest])).toEqual(original);
  });

  it('goes from elements to the whole value', () => {
    const first = manage(original, { plugins: elements(['A', 'B']) });
    const second = manage(first.image, { plugins: value('B,C') });
    const image = good(
      kind.edit(first.image, [...sets(second), ...restores(first, original)], PATH),
    ).image;
    expect(textOf(image)).toContain('    - --plugins=B,C\n');
  });

  it('goes from the whole value to elements', () => {
    const first = manage(original, { plugins: value('A,B') });
    const second = manage(first.image, { plugins: elements(['B']) });
    const image = good(
      kind.edit(first.image, [...restores(first, original), ...sets(second)], PATH),
    ).image;
    expect(textOf(image)).toContain('    - --plugins=B\n');
  });
});

describe('releasing beside the edits of others', () => {
  it('restores only its own item in a file that someone else rearranged', () => {
    const step = manage(fixture('comments.yaml'), { 'audit-log-maxage': value('7') });
    const foreign = imageOf(
      textOf(step.image).replace('    # audit\n', '    # audit, see ticket\n    - --foreign=1\n'),
    );
    const back = release(foreign, restores(step, null));
    expect(textOf(back)).toBe(textOf(foreign).replace('maxage=7  # days', 'maxage=30  # days'));
  });

  it('puts a removed flag back near where it stood when its neighbours are gone', () => {
    const step = manage(original, { 'bind-address': { form: 'absent' } });
    const foreign = imageOf(
      textOf(step.image).replace(/ +- --(authorization-kubeconfig|kubeconfig)=.*\n/g, ''),
    );
    const lines = textOf(release(foreign, restores(step, null)))
      .split('\n')
      .filter((line) => line.includes('--'));
    expect(lines.map((line) => line.trim().split('=')[0])).toEqual([
      '- --authentication-kubeconfig',
      '- --bind-address',
      '- --leader-elect',
    ]);
  });

  it('leaves the elements of others in a list', () => {
    const step = manage(original, { plugins: elements(['A']) });
    const foreign = imageOf(textOf(step.image).replace('--plugins=A', '--plugins=X,A,Y'));
    expect(textOf(release(foreign, restores(step, null)))).toContain('    - --plugins=X,Y\n');
  });

  it('keeps the spelling of map entries it does not own', () => {
    const file = fixture('command-and-args.yaml');
    const step = manage(file, { 'feature-gates': entries({ NodeSwap: 'true', New: 'x' }) });
    expect(release(step.image, restores(step, null))).toEqual(file);
  });

  it('refuses when the manifest can no longer be edited', () => {
    const step = manage(original, { a: value('1') });
    const foreign = imageOf(`${textOf(step.image)}---\nkind: Pod\n`);
    expect(kind.edit(foreign, restores(step, original), PATH).ok).toBe(false);
  });

  it('puts a removed last flag back below its comment, whatever another plan added since', () => {
    const text = textOf(original).replace('    - --leader-elect', '    # ha\n    - --leader-elect');
    const first = manage(imageOf(text), { 'leader-elect': { form: 'absent' } });
    const second = manage(first.image, { v: value('2') });
    const back = textOf(release(second.image, restores(first, null)));
    expect(back.indexOf('--leader-elect')).toBeGreaterThan(back.indexOf('--v=2'));
    expect(textOf(release(imageOf(back), restores(second, null)))).toBe(text);
  });

  it.each(['kubeadm-kube-apiserver.yaml', 'json.json'])(
    'puts a whole row of removed flags of %s back in order, whatever the order of release',
    (name) => {
      const file = fixture(name);
      const all = good(inspectManifest(file, null)).flags.map((flag) => flag.name);
      // The last flag stays: what finds no neighbour must wait, or it lands behind it.
      const flags = all.slice(0, -1);
      const step = manage(file, Object.fromEntries(flags.map((flag) => [flag, absent])));
      const edits = restores(step, null);
      const middleFirst = edits.toSorted((a, b) => rank(a) - rank(b));
      for (const order of [edits, edits.toReversed(), middleFirst]) {
        expect(textOf(release(step.image, order))).toBe(textOf(file));
      }

      function rank(edit: ItemEdit): number {
        return Math.abs(edits.indexOf(edit) - edits.length / 2);
      }
    },
  );
});
