/** Where in a command line a flag belongs: behind wrappers it is not the first item, and in a shell line it is no item. */
import { describe, expect, it } from 'vitest';
import { NO_RESTART, setFlag, trapHost } from '../rig/trap-host.ts';

/** As the real one: flags of its own, an unknown one ends it, and then it starts the rest. */
const GO_RUNNER = `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    --log-file=*|--also-stdout) shift ;;
    -*) echo "flag provided but not defined: $1" >&2; exit 2 ;;
    *) exec "$@" ;;
  esac
done
`;

describe('a component behind a wrapper', () => {
  it('is not reached by a flag at the first place, which ends the wrapper; setpoint puts it among its own', async () => {
    const host = await trapHost();
    const { kubelet, rig } = host;
    await rig.put('/usr/local/bin/go-runner', GO_RUNNER, 0o755);
    const runner = `["${rig.real('/usr/local/bin/go-runner')}"]\n    args:\n    - --log-file=/dev/null\n    - --also-stdout`;
    const wrapped = setFlag(await host.manifest(), 'command:', `command: ${runner}`);
    await host.install(wrapped);
    await kubelet.settled();
    expect(await host.flags()).toMatchObject({ profiling: 'true' });

    const first = setFlag(wrapped, '    args:\n', '    args:\n    - --profiling=false\n');
    await host.install(first);
    await kubelet.waitFor('exited', { matches: (event) => event.code === 2 });
    await host.install(wrapped);
    await kubelet.settled();
    await host.answers('/readyz', 200);

    // The stand-in becomes the component, so that no process keeps the wrapper's command line.
    await host.propose('startup-delay: "1"', '    restartProof: weak\n');
    await rig.applied();
    await kubelet.settled();
    expect(await host.flags()).toMatchObject({ 'startup-delay': '1', profiling: 'true' });
  });
});

describe('a component in a shell line', () => {
  it('is not reached by an item after the line, though all looks well; setpoint refuses', async () => {
    const host = await trapHost({
      prepare(manifest) {
        const items = [...manifest.matchAll(/^ {4}- (.*?)(?: +#.*)?$/gm)].map(([, item]) => item);
        const line = items.join(' ').replaceAll('"', '');
        const list = /command:\n(?: {4}[-#].*\n)+/;
        return manifest.replace(list, `command:\n    - sh\n    - -c\n    - exec ${line}\n`);
      },
    });
    const shell = await host.manifest();
    await host.install(shell.replace(/( {4}- exec .*\n)/, '$1    - --profiling=false\n'));
    await host.kubelet.settled();
    await host.answers('/readyz', 200);
    expect(await host.flags()).toMatchObject({ profiling: 'true' });
    expect(host.restarts().pods).toBe(1);

    await host.install(shell);
    await host.kubelet.settled();
    await host.propose('profiling: false');
    const { stderr } = await host.rig.exits(65, 'apply', '--auto-approve');
    expect(stderr).toContain('SP2013');
    expect(await host.manifest()).toBe(shell);
    expect(host.restarts()).toMatchObject({ ...NO_RESTART, pods: 2, processes: 2 });
  });
});
