import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeOutItems } from '../../../src/apply/revert/take-out-items.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import {
  imageOf,
  kind,
  manage,
  PATH,
  textOf,
  value,
} from '../../unit/kinds/manifest/manifest-rig.ts';
import { FIRST_NAMES, flagsFrom, SECOND_NAMES } from '../kinds-manifest-arbitrary.ts';
import { manifestText } from '../kinds-manifest-text.ts';
import { runs } from '../runs.ts';

const RUNS = runs(100);

function bytesOf(image: FileImage): Uint8Array {
  return Buffer.from(textOf(image));
}

/** What is left of `live` when the run's edit (`old` to `after`, of `keys`) is taken out; null: not possible. */
function takenOut(step: ReturnType<typeof manage>, live: FileImage): string | null {
  const versions = { old: bytesOf(step.original), after: bytesOf(step.image), live: bytesOf(live) };
  const keys = step.desired.map(({ key }) => key);
  const left = takeOutItems(versions, { kind: 'manifest', path: PATH, keys });
  return left === null ? null : Buffer.from(left).toString();
}

const valuesOf = (image: FileImage, keys: Parameters<typeof kind.observe>[1]) => {
  const seen = kind.observe(image, keys, PATH);
  return seen.ok ? [...seen.value].map(([key, item]) => [key, item.value]) : null;
};

describe('a revert of a manifest that somebody else edited meanwhile', () => {
  it('takes back the flags of the run and keeps the edit of other flags', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        manifestText,
        flagsFrom(FIRST_NAMES),
        flagsFrom(SECOND_NAMES),
        (text, ours, others) => {
          const step = manage(imageOf(text), ours, 'x');
          const live = manage(step.image, others, 'x');
          const left = takenOut(step, live.image);
          expect(left).not.toBeNull();
          taken += 1;
          const result = imageOf(left ?? '');
          const theirs = manage(imageOf(text), others, 'x');
          const keys = [...step.live.keys(), ...theirs.live.keys()];
          expect(valuesOf(result, keys)).toEqual(valuesOf(theirs.image, keys));
        },
      ),
      RUNS,
    );
    expect(taken).toBeGreaterThan(0);
  });

  it('keeps an edit outside the command line byte for byte', () => {
    fc.assert(
      fc.property(manifestText, flagsFrom(FIRST_NAMES), (text, ours) => {
        const step = manage(imageOf(text), ours, 'x');
        expect(takenOut(step, imageOf(theirs(textOf(step.image))))).toBe(theirs(text));
      }),
      RUNS,
    );
  });

  it('gives up when a flag of the run was changed again, wherever in the file', () => {
    fc.assert(
      fc.property(manifestText, (text) => {
        const step = manage(imageOf(text), { 'new-one': value('ours') }, 'x');
        const again = manage(step.image, { 'new-one': value('theirs') }, 'x');
        expect(takenOut(step, again.image)).toBeNull();
      }),
      RUNS,
    );
  });
});

/** Somebody else's edit outside of any flag. */
const theirs = (from: string): string => from.replace('priority: 0644', 'priority: 7 # ours');

const POD = `apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
  - name: x
    command:
    - component
    - --alpha=1
    - --beta=1
    - --gamma=1
    - --delta=1
    image: x
`;

describe('flags that lines alone judge wrongly', () => {
  it('a flag given once more further down is an edit of ours', () => {
    const step = manage(imageOf(POD), { alpha: value('2') });
    const live = textOf(step.image).replace(
      '    - --delta=1\n',
      '    - --delta=1\n    - --alpha=3\n',
    );
    expect(takenOut(step, imageOf(live))).toBeNull();
  });

  it('a flag on the next line is none', () => {
    const step = manage(imageOf(POD), { alpha: value('2') });
    const live = textOf(step.image).replace('--beta=1', '--beta=2');
    expect(takenOut(step, imageOf(live))).toBe(POD.replace('--beta=1', '--beta=2'));
  });

  it('a flag added right below a new one of ours is none', () => {
    const step = manage(imageOf(POD), { omega: value('1') });
    const ours = '    - --omega=1\n';
    const live = textOf(step.image).replace(ours, `${ours}    - --their=1\n`);
    const left = takenOut(step, imageOf(live));
    expect(left).toContain('--their=1');
    expect(left).not.toContain('--omega');
  });
});
