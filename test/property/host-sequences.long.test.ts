import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRig } from '../scenario/rig/rig.ts';
import { Sequence } from './host-sequences/sequence.ts';
import { step } from './host-sequences/steps.ts';

/** The short form is the same each time. SEQUENCE_SECONDS=600 SEQUENCE_STEPS=12 is the long form: as many sequences as there is time for. */
const SECONDS = Number(process.env['SEQUENCE_SECONDS'] ?? 0);
const STEPS = Number(process.env['SEQUENCE_STEPS'] ?? 6);
const LENGTH =
  SECONDS === 0
    ? { numRuns: 6, seed: 1 }
    : { numRuns: 1e6, interruptAfterTimeLimit: SECONDS * 1000 };

it('any sequence of edits, applies and ways back keeps record and host the same, and gives back the original at the end', async () => {
  const steps = fc.array(step, { minLength: 2, maxLength: STEPS });
  const property = fc.asyncProperty(steps, async (sequence) => {
    const rig = await createRig();
    try {
      const played = new Sequence(rig);
      await played.begin();
      for (const one of sequence) await played.play(one);
      await played.end();
    } finally {
      await rig.close();
    }
  });
  const found = await fc.check(property, LENGTH);
  expect(found.failed ? await fc.asyncDefaultReportMessage(found) : null).toBeNull();
}, 3_600_000);
