/**
 * The runner as a process of its own: `node --import tsx test/static-pod-runner/main.ts MANIFEST-DIR LOG-DIR [CWD]`.
 * Prints one JSON event a line; ends its pods and itself on SIGTERM or SIGINT.
 */
import { startRunner } from './start-runner.ts';

const [manifestDir, logDir, cwd = logDir] = process.argv.slice(2);
if (manifestDir === undefined || logDir === undefined || cwd === undefined) {
  console.error('usage: main.ts MANIFEST-DIR LOG-DIR [CWD]');
  process.exit(64);
}

const runner = startRunner({
  manifestDir,
  logDir,
  cwd,
  env: { HOST_ROOT: cwd },
  listener: (event) => console.log(JSON.stringify(event)),
});

async function end(): Promise<void> {
  await runner.stop();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.once(signal, () => void end());
