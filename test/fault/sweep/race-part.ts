/** Somebody else was there first: with the decision, with a name in the stage. */
import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Part, Point } from './point.ts';
import { OUTVOTED } from './scenario.ts';
import { runPlain } from './traced-process.ts';

/** build-process.ts gives every apply this id. */
const RUN = '01JSWEEP00000000000000000B';

export const RACE: Part = {
  name: 'race',
  missing: () => null,
  points: () => Promise.resolve([DECIDED, STAGED]),
};

const DECIDED: Point = {
  id: 'race:decision',
  async run(bench) {
    const root = await bench.newRoot('recorded');
    await runPlain({ script: bench.script, root, action: OUTVOTED });
    const violations = await bench.settle(root, { acknowledged: 'old' });
    await bench.done(root);
    return violations;
  },
};

/** A staged name that is there already leads to a file of somebody else: writing through it would destroy that. */
const STAGED: Point = {
  id: 'race:staged-name',
  async run(bench) {
    const root = await bench.newRoot('recorded');
    const stage = join(root, `etc/app/.setpoint-stage-${RUN}`);
    mkdirSync(stage, { recursive: true, mode: 0o700 });
    linkSync(join(root, 'etc/app/.hidden'), join(stage, '0.new'));
    await runPlain({ script: bench.script, root, action: 'kept' });
    const violations = await bench.settle(root, { acknowledged: 'old' });
    await bench.done(root);
    return violations;
  },
};
