import { describe, expect, it } from 'vitest';
import { rows } from './edit-rows.ts';
import { fixture, good, kind, lineDiff, manage, PATH, release, restores } from './manifest-rig.ts';

describe.each(rows)('editing $file: $name', ({ file, container, flags, lines }) => {
  const original = fixture(file);
  const step = manage(original, flags, container ?? null);

  it('changes exactly the expected lines', () => {
    expect(lineDiff(original, step.image)).toEqual(lines);
  });

  it('reads back what was set, and setting it again changes nothing', () => {
    const live = good(
      kind.observe(
        step.image,
        step.desired.map((item) => item.key),
        PATH,
      ),
    );
    for (const item of step.desired) expect(live.get(item.key)?.value).toBe(item.value);
    expect(manage(step.image, flags, container ?? null).image).toBe(step.image);
  });

  it('gives the original bytes back on release, in any order, with or without the original', () => {
    for (const known of [original, null]) {
      const edits = restores(step, known);
      expect(release(step.image, edits)).toEqual(original);
      expect(release(step.image, edits.toReversed())).toEqual(original);
    }
  });

  it('gives the original bytes back when released one item at a time', () => {
    const back = restores(step, null).reduce((image, edit) => release(image, [edit]), step.image);
    expect(back).toEqual(original);
  });
});
