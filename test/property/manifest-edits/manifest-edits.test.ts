import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemEdit } from '../../../src/kinds/kind.ts';
import { Draft } from '../../../src/kinds/manifest/edit/draft.ts';
import { editManifest } from '../../../src/kinds/manifest/edit/edit-manifest.ts';
import { readOperations } from '../../../src/kinds/manifest/edit/edit-operation.ts';
import { restoreStep, setStep } from '../../../src/kinds/manifest/edit/edit-step.ts';
import type { CommandLine } from '../../../src/kinds/manifest/flags/command-line.ts';
import type { ItemKey } from '../../../src/model/brand.ts';
import { endLastLine } from '../../../src/kinds/manifest/text/text-splice.ts';
import {
  good,
  imageOf,
  kind,
  PATH,
  restores,
  specOf,
  textOf,
} from '../../unit/kinds/manifest/manifest-rig.ts';
import { FIRST_NAMES, flagsFrom, SECOND_NAMES } from '../kinds-manifest-arbitrary.ts';
import type { Flags } from '../kinds-manifest-arbitrary.ts';
import { manifestText } from '../kinds-manifest-text.ts';
import { editStepByStep, readLine } from './step-by-step.ts';

const anyFlags = flagsFrom([...FIRST_NAMES, ...SECOND_NAMES]);

/** Comment and blank lines anywhere: in block scalars they are text, below them they may become it. */
const commented = fc
  .tuple(
    manifestText,
    fc.array(fc.tuple(fc.nat(40), fc.constantFrom('# c', '        # deep', ' ', '')), {
      maxLength: 2,
    }),
  )
  .map(([text, lines]) =>
    lines.reduce((now, [at, line]) => {
      const all = now.split('\n');
      return all.toSpliced(at % all.length, 0, line).join('\n');
    }, text),
  );

function sets(text: string, flags: Flags): readonly ItemEdit[] {
  const image = imageOf(text);
  const desired = kind.desired(specOf(flags, 'x'), image, PATH);
  if (!desired.ok) return [];
  return desired.value.map((item) => ({ op: 'set', item }));
}

/** What a text becomes by edits, and what takes them back; `null` where they are refused. */
function managed(text: string, flags: Flags, original: string | null) {
  const image = imageOf(text);
  const edits = sets(text, flags);
  const keys = edits.flatMap((one) => (one.op === 'set' ? [one.item.key] : []));
  const live = kind.observe(image, keys, PATH);
  const edited = editManifest(image, edits, PATH);
  if (!live.ok || !edited.ok) return null;
  const step = { original: image, image, desired: [], live: live.value };
  const back = restores(step, original === null ? null : imageOf(original));
  return { text: textOf(edited.value.image), back };
}

const SIDE: ItemEdit = {
  op: 'set',
  item: { key: 'flags/side/alpha' as ItemKey, value: 'longer than it was', label: '' },
};

/** Edits of any kind against a text: some flags were set before, others came since, and some of it is given back. */
const cases = fc
  .tuple(commented, anyFlags, anyFlags, anyFlags, fc.boolean(), fc.infiniteStream(fc.nat(9)))
  .map(([text, first, foreign, second, known, order]) => {
    const one = managed(text, first, known ? text : null);
    const two = one === null ? null : managed(one.text, foreign, null);
    const now = two?.text ?? one?.text ?? text;
    const edits = [...(one?.back ?? []), ...sets(now, second), SIDE]
      .map((edit) => ({ edit, at: order.next().value as number }))
      .filter(({ edit, at }) => (edit === SIDE ? at > 7 && now.includes('side') : at > 1))
      .toSorted((a, b) => a.at - b.at)
      .map(({ edit }) => edit);
    return { now, edits };
  });

/** All that steps go by: what stands where. The end of a block list nobody asks for. */
function shapeOf({ container, tokens, flags, start }: CommandLine): unknown {
  const { command, args, source, name, group, index } = container;
  const lists = [command, args].map(
    (list) => list && { ...list, end: list.flow ? list.end : null },
  );
  return { lists, text: source.text, name, group, index, tokens, flags, start };
}

describe('an edit of many flags, parsed once', () => {
  it('gives the bytes that an edit gives that parses the text anew for each step', () => {
    fc.assert(
      fc.property(cases, ({ now, edits }) => {
        const expected = editStepByStep(now, edits, PATH);
        const edited = editManifest(imageOf(now), edits, PATH);
        const bytes = edited.ok ? { ok: true, value: textOf(edited.value.image) } : edited;
        expect(bytes).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('knows after each step what a parse of the text would tell', () => {
    fc.assert(
      fc.property(cases, ({ now, edits }) => {
        const draft = new Draft(endLastLine(now).text, PATH);
        for (const operation of good(readOperations(edits, PATH))) {
          const { container } = operation.target;
          const line = draft.line(container);
          if (!line.ok) break;
          const step =
            operation.op === 'set'
              ? setStep(line.value, operation)
              : restoreStep(line.value, operation);
          if (step.ok && step.value.splice !== null) draft.apply(step.value.splice);
          const [kept, read] = [draft.line('x'), readLine(draft.text, 'x', PATH)];
          expect(kept.ok ? shapeOf(kept.value) : kept).toEqual(
            read.ok ? shapeOf(read.value) : read,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
