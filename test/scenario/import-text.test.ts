import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const MANIFEST = '/etc/kubernetes/manifests/etcd.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('the text that import writes', () => {
  it('names a schema for editors only when the workspace has it', async () => {
    expect((await rig.exits(0, 'import', MANIFEST, '--stdout')).stdout).not.toContain('$schema');
    const schema = (await rig.exits(0, 'schema', 'plan')).stdout;
    await rig.workspace.write('schemas/plan.schema.json', schema);
    expect((await rig.exits(0, 'import', MANIFEST, '--stdout')).stdout).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/plan\.schema\.json\n/,
    );
  });

  it('is refused with the place in the file of the host', async () => {
    const text = await rig.read(MANIFEST);
    await rig.put(MANIFEST, text.replace('containers:', 'containers: ['), 0o600);
    const refused = await rig.exits(65, 'import', MANIFEST);
    expect(refused.stderr).toContain(`--> ${MANIFEST}:`);
  });
});
