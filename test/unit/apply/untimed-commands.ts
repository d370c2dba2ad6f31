import type { Clock, Commands, Host } from '../../../src/host/ports.ts';
import type { Millis } from '../../../src/model/brand.ts';

/**
 * The host, with a clock that stands still while a command of it runs: how long a program takes to start is up to the machine, and a
 * gate's time is only spent in its pauses.
 */
export function withUntimedCommands<T extends Pick<Host, 'clock' | 'commands'>>(host: T): T {
  const { clock, commands } = host;
  let running = 0;
  let began = 0;
  let untimed = 0;
  const monotonic = (): number => (running > 0 ? began : clock.monotonic()) - untimed;
  const run: Commands['run'] = async (argv, options) => {
    if (running === 0) began = clock.monotonic();
    running += 1;
    try {
      return await commands.run(argv, options);
    } finally {
      running -= 1;
      if (running === 0) untimed += clock.monotonic() - began;
    }
  };
  const sleep: Clock['sleep'] = async (ms, signal) => {
    const end = monotonic() + ms;
    for (let left: number = ms; left > 0; left = end - monotonic()) {
      await clock.sleep(left as Millis, signal);
    }
  };
  return { ...host, clock: { now: () => clock.now(), monotonic, sleep }, commands: { run } };
}
