import { describe, expect, it } from 'vitest';
import { imageOf, codes, fixture, good, kind, lineDiff, PATH, textOf } from '../manifest-rig.ts';
import { applied, wants } from './companion-rig.ts';

const RENEW = { uid: 'renew' } as const;
const ORIGINAL = fixture('refused/explicit-uid.yaml');
const uidIn = (image: Parameters<typeof textOf>[0]) =>
  /uid: *"?([^"\s,]+)/.exec(textOf(image))?.[1];

describe('a manifest with a uid of its own', () => {
  it('is refused, and the refusal says what to do', () => {
    const refused = kind.desired(wants({ a: '2' }), ORIGINAL, PATH);
    expect(codes(refused)).toEqual(['SP2008']);
    expect(refused.ok ? '' : refused.diagnostics[0]?.help).toContain('uid: renew');
  });

  it('is none when the uid is empty, as for the kubelet', () => {
    const text = textOf(ORIGINAL).replace(/uid: .*/, 'uid: ""');
    expect(kind.desired(wants({ a: '2' }), imageOf(text), PATH).ok).toBe(true);
  });

  it('gets another uid with a change, so that the kubelet restarts it, and nothing else', () => {
    const { after } = applied(wants({ a: '2' }, RENEW), ORIGINAL);
    const [, , ...flags] = lineDiff(ORIGINAL, after);
    expect(flags).toEqual(['-- --a=1', '+- --a=2']);
    expect(uidIn(after)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(kind.restart(ORIGINAL, after)).toBe('expected');
  });

  it('keeps its uid where nothing changes, also in a second apply', () => {
    expect(applied(wants({ a: '1' }, RENEW), ORIGINAL).after).toBe(ORIGINAL);
    const spec = wants({ a: '2' }, RENEW);
    const { after } = applied(spec, ORIGINAL);
    expect(applied(spec, after).after).toBe(after);
  });

  it('has a uid that follows from the content alone, and differs with it', () => {
    const two = applied(wants({ a: '2' }, RENEW), ORIGINAL).after;
    const three = applied(wants({ a: '3' }, RENEW), two).after;
    const direct = applied(wants({ a: '3' }, RENEW), ORIGINAL).after;
    expect(uidIn(three)).toBe(uidIn(direct));
    expect(uidIn(three)).not.toBe(uidIn(two));
  });

  it('is another one than the last also where content comes back that had it', () => {
    const spec = wants({ a: '2' }, RENEW);
    const { after } = applied(spec, ORIGINAL);
    const theirs = imageOf(textOf(after).replace('--a=2', '--a=9'));
    const again = applied(spec, theirs).after;
    expect(textOf(again)).toContain('--a=2');
    expect(uidIn(again)).not.toBe(uidIn(after));
    expect(applied(spec, again).after).toBe(again);
  });

  it('gives back the original bytes, whose uid is another one than the last', () => {
    const { after, back } = applied(wants({ a: '2' }, RENEW), ORIGINAL);
    expect(textOf(good(kind.edit(after, back, PATH)).image)).toBe(textOf(ORIGINAL));
  });

  it('leaves a uid alone that its owner has written since, but renews it with the content', () => {
    const { after, back } = applied(wants({ a: '2' }, RENEW), ORIGINAL);
    const theirs = imageOf(textOf(after).replace(/uid: .*/, 'uid: aaaa'));
    const uidOnly = back.filter((edit) => edit.op === 'restore' && edit.key === 'metadata/uid');
    expect(good(kind.edit(theirs, uidOnly, PATH)).image).toBe(theirs);
    const released = good(kind.edit(theirs, back, PATH)).image;
    expect(textOf(released)).toContain('--a=1');
    expect(['aaaa', uidIn(ORIGINAL)]).not.toContain(uidIn(released));
  });

  it('is renewed by every edit, whoever asks for it: one without the item of the uid, too', () => {
    const spec = wants({ a: '2' }, RENEW);
    const item = good(kind.desired(spec, ORIGINAL, PATH))[0];
    if (item === undefined) throw new Error('no item');
    const { image } = good(kind.edit(ORIGINAL, [{ op: 'set', item }], PATH));
    expect(uidIn(image)).not.toBe(uidIn(ORIGINAL));
  });

  it.each([
    ['single quotes', "'3f1b'", /uid: '[0-9a-f-]{36}'/],
    ['double quotes', '"3f1b" # rke2', /uid: "[0-9a-f-]{36}" # rke2/],
  ])('keeps %s', (_name, uid, expected) => {
    const image = imageOf(textOf(ORIGINAL).replace(/uid: .*/, `uid: ${uid}`));
    expect(textOf(applied(wants({ a: '2' }, RENEW), image).after)).toMatch(expected);
  });

  it('is refused where the uid cannot be replaced alone', () => {
    const image = imageOf(textOf(ORIGINAL).replace(/uid: .*/, 'uid: &u 3f1b'));
    expect(codes(kind.observe(image, ['metadata/uid' as never], PATH))).toEqual(['SP2105']);
  });
});
