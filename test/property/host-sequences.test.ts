import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRig } from '../scenario/rig/rig.ts';
import { Sequence } from './host-sequences/sequence.ts';
import { step } from './host-sequences/steps.ts';

/** SEQUENCE_RUNS=300 SEQUENCE_STEPS=12 is the long form: minutes. */
const RUNS = Number(process.env['SEQUENCE_RUNS'] ?? 6);
const STEPS = Number(process.env['SEQUENCE_STEPS'] ?? 6);

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
  const found = await fc.check(property, { numRuns: RUNS });
  expect(found.failed ? await fc.asyncDefaultReportMessage(found) : null).toBeNull();
}, 3_600_000);
