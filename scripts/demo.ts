/**
 * `npm run demo`: the main job on a host of its own in a temporary directory. Needs Node and git, no root, no network.
 * Exits 0 when every outcome was the expected one; leaves nothing behind, also on Ctrl-C.
 */
import { createDemoHost } from './demo/demo-host.ts';
import { setup as buildWhenStale } from '../test/scenario/rig/build-once.ts';
import { narrate } from './demo/narrator.ts';
import { tellStory } from './demo/story.ts';

const started = performance.now();
buildWhenStale();
const creating = createDemoHost();
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // A signal may come while the host is still being made.
  const host = await creating.catch(() => null);
  await host?.close();
  if (code > 1) narrate.text('Interrupted; the host and its processes are gone.');
  process.exit(code);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => void end(code));

try {
  await tellStory(await creating);
  narrate.done(
    `Everything went as it should, in ${Math.round((performance.now() - started) / 1000)} s.`,
  );
  await end(0);
} catch (error) {
  if (!ending) narrate.failed(error as Error);
  await end(1);
}
