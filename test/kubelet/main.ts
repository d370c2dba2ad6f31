/**
 * The simulator as a process of its own: `node --import tsx test/kubelet/main.ts MANIFEST-DIR LOG-DIR [CWD]`.
 * Prints one JSON event a line; ends its pods and itself on SIGTERM or SIGINT.
 */
import { startKubelet } from './start-kubelet.ts';

const [manifestDir, logDir, cwd = logDir] = process.argv.slice(2);
if (manifestDir === undefined || logDir === undefined || cwd === undefined) {
  console.error('usage: main.ts MANIFEST-DIR LOG-DIR [CWD]');
  process.exit(64);
}

const starting = startKubelet({
  manifestDir,
  logDir,
  cwd,
  env: { HOST_ROOT: cwd },
  listener: (event) => console.log(JSON.stringify(event)),
});

async function end(): Promise<void> {
  await (await starting).stop();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.once(signal, () => void end());
