import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createRig } from './rig/rig.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));

/** Commit ids and digests depend on the moment and on the machine. */
const withoutIds = (text: string): string => text.replaceAll(/\b[0-9a-f]{12}\b/g, 'ID');

/** The lines of an indented block, from behind `first` to the next text that is not indented. */
function blockBehind(text: string, first: string): string {
  const [, rest = ''] = text.split(`${first}\n`);
  const lines = rest.split('\n');
  const end = lines.findIndex((line) => line !== '' && !line.startsWith('    '));
  return lines
    .slice(0, end)
    .map((line) => line.slice(4))
    .join('\n')
    .trimEnd();
}

it('the README shows a plan file and exactly what `setpoint plan` prints for it', async () => {
  const readme = await readFile(README, 'utf8');
  const [, planFile] = /```yaml\n([^`]*)```/.exec(readme) ?? [];
  const rig = await createRig({ workspaceName: 'prod' });
  try {
    await rig.workspace.write('plans/apiserver-profiling.yaml', planFile ?? '');
    await rig.workspace.commit('Profiling off');
    const { stdout } = await rig.exits(0, 'plan');
    const printed = stdout.trimEnd().replace(` --root ${rig.root}`, '');
    expect(withoutIds(blockBehind(readme, '    $ setpoint plan'))).toBe(withoutIds(printed));
  } finally {
    await rig.close();
  }
});

it('what the README says of schedules runs as it stands there', async () => {
  const [, argument = '', zone = ''] =
    /^ {4}setpoint schedule next "([^"]+)" --zone (\S+) +#/m.exec(await readFile(README, 'utf8')) ??
    [];
  const rig = await createRig();
  try {
    const { stdout } = await rig.exits(0, 'schedule', 'next', argument, '--zone', zone);
    expect(stdout).toMatch(/At 03:00.*\n[^]*Europe\/Berlin|Europe\/Berlin[^]*At 03:00/);
  } finally {
    await rig.close();
  }
});
