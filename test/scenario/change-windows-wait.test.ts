import { afterEach, describe, expect, it } from 'vitest';
import { lockHolders } from '../../src/host/lock-holders.ts';
import type { Millis } from '../../src/model/brand.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import type { StatusResult } from '../../src/operations/results.ts';
import { lockFile } from './rig/gate-wait.ts';
import { commandGate, filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyIn, refusalOf, sessionAt } from './rig/session-at.ts';

const HOUR = 3_600_000;
const DAY = (24 * HOUR) as Millis;
const CONF = '/etc/app/app.conf';

/** From 21:00 to 03:00 UTC in winter. */
const NIGHT = windows(
  '{name: night, allow: "0 22 * * *", for: 6h, zone: Europe/Berlin, plans: ["app"]}',
);

let rig: Rig;
afterEach(() => rig.close());

function windows(...lines: readonly string[]): string {
  return `windows:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

/** A host with one plan, `app`, that writes CONF. */
async function begin(settings: string, body = filePlan()): Promise<void> {
  rig = await createRig({ settings });
  await rig.workspace.plan('app', body);
  await rig.workspace.commit('app');
}

async function commitWindows(settings: string): Promise<void> {
  await rig.workspace.write('setpoint.yaml', `name: platform\n${settings}`);
  await rig.workspace.commit('Windows');
}

/** Which times were waited for. */
function awaitedTimes(): {
  readonly listener: (event: RunEvent) => void;
  readonly times: readonly string[];
} {
  const times: string[] = [];
  const listener = (event: RunEvent): void => {
    if (event.type === 'window-awaited') times.push(event.until.replace(':00.000Z', 'Z'));
  };
  return { listener, times };
}

async function nothingWritten(): Promise<void> {
  await expect(rig.read(CONF)).rejects.toThrow('ENOENT');
}

describe('apply --wait-window', () => {
  it('waits until it opens, tells it, plans again and goes on', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T12:00Z');
    const { listener, times } = awaitedTimes();
    const result = await applyIn(session, { waitWindow: DAY, listener });
    expect(result).toMatchObject({ exitCode: 0, runs: [{ outcome: 'applied' }] });
    expect(hand.now).toBe(Date.parse('2026-11-23T21:00Z'));
    expect(times).toEqual(['2026-11-23T21:00Z']);
  });

  it('waits no longer than it may', async () => {
    await begin(NIGHT);
    const { session } = await sessionAt(rig, '2026-11-23T12:00Z');
    const refusal = {
      exitCode: 7,
      diagnostics: [
        {
          code: 'SP4282',
          message: expect.stringContaining('in 9h: that is later than --wait-limit 8h allows'),
          help: 'apply it then, or wait longer: --wait-limit 9h1m',
        },
      ],
    };
    const waitWindow = (8 * HOUR) as Millis;
    expect(await refusalOf(applyIn(session, { waitWindow }))).toMatchObject(refusal);
    await nothingWritten();
  });

  it('advises no limit that is refused, nor to wait for what never opens', async () => {
    const later = NIGHT.replace('22 * * *', '22 1 1 *');
    await begin(later);
    const { session } = await sessionAt(rig, '2026-11-23T12:00Z');
    expect(await refusalOf(applyIn(session, { waitWindow: DAY }))).toMatchObject({
      diagnostics: [{ code: 'SP4282', help: 'apply it then' }],
    });
    await commitWindows(NIGHT.replace('22 * * *', '22 30 2 *'));
    expect(await refusalOf(applyIn(session, { waitWindow: DAY }))).toMatchObject({
      diagnostics: [{ code: 'SP4282', message: 'no window is found in which app may be applied' }],
    });
    await nothingWritten();
  });

  it('judges anew when the clock is set back, and what has passed counts for its limit', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-24T12:00Z');
    const { listener, times } = awaitedTimes();
    hand.meanwhile = () => {
      if (times.length === 1 && hand.slept >= HOUR) hand.now = Date.parse('2026-11-23T20:00Z');
    };
    expect(await applyIn(session, { waitWindow: DAY, listener })).toMatchObject({ exitCode: 0 });
    expect(times).toEqual(['2026-11-24T21:00Z', '2026-11-23T21:00Z']);
    expect(hand.now).toBe(Date.parse('2026-11-23T21:00Z'));
  });

  it('ends when the clock that is set back would have it wait longer than it may', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T12:00Z');
    hand.meanwhile = () => {
      if (hand.slept >= 8 * HOUR) hand.now = Date.parse('2026-11-23T12:00Z');
    };
    const waited = applyIn(session, { waitWindow: (12 * HOUR) as Millis });
    expect(await refusalOf(waited)).toMatchObject({
      diagnostics: [{ code: 'SP4282', message: expect.stringContaining('8h have passed') }],
    });
    await nothingWritten();
  });

  it('goes by the windows that are committed when it wakes', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T20:59Z');
    const { listener, times } = awaitedTimes();
    hand.meanwhile = async () => {
      hand.meanwhile = () => {};
      await commitWindows(NIGHT.replace('0 22', '0 23'));
    };
    expect(await applyIn(session, { waitWindow: DAY, listener })).toMatchObject({ exitCode: 0 });
    expect(times).toEqual(['2026-11-23T21:00Z', '2026-11-23T22:00Z']);
  });

  it('that closes before the lock is obtained is refused, and nobody is told to wait once more', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T20:59Z');
    const { locks } = session.host;
    const late: typeof locks = {
      ...locks,
      acquire: (...args) => {
        hand.now += 10 * HOUR;
        return locks.acquire(...args);
      },
    };
    const held = { ...session, host: { ...session.host, locks: late } };
    expect(await refusalOf(applyIn(held, { waitWindow: DAY }))).toMatchObject({
      exitCode: 7,
      diagnostics: [
        { code: 'SP4280', help: 'go on with --override window --reason TEXT, which is recorded' },
      ],
    });
    await nothingWritten();
  });

  it('asks again when what it waited with is no longer what it would do', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T20:59Z');
    hand.meanwhile = () => rig.put(CONF, 'somebody else\n');
    const answers = [true, false];
    const approve = () => Promise.resolve(answers.shift() === true);
    const asked = await refusalOf(applyIn(session, { waitWindow: DAY, approve }));
    expect([asked, answers]).toMatchObject([{ exitCode: 1 }, []]);
    expect(await rig.read(CONF)).toBe('somebody else\n');
  });

  it('waits until its gates have the time that they may take', async () => {
    const gate = commandGate('true', { within: '2h' });
    await begin(NIGHT, filePlan({ gates: [gate] }));
    const { session, hand } = await sessionAt(rig, '2026-11-24T01:30Z');
    const { listener, times } = awaitedTimes();
    hand.meanwhile = () => {
      hand.real = hand.now >= Date.parse('2026-11-24T21:00Z');
    };
    const options = { waitWindow: DAY, listener, offline: false };
    expect(await applyIn(session, options)).toMatchObject({ runs: [{ outcome: 'applied' }] });
    expect(times).toEqual(['2026-11-24T21:00Z']);
  });
});

/** Opens for an hour twelve hours from now, whenever the test runs. */
const farAway = (): string => {
  const hour = (new Date().getUTCHours() + 12) % 24;
  return windows(
    `{name: far, allow: "0 ${String(hour)} * * *", for: 1h, zone: UTC, plans: ["app"]}`,
  );
};

it('a wait that SIGINT or SIGTERM ends has held nothing and changed nothing', async () => {
  await begin(farAway());
  const waiting = (['SIGINT', 'SIGTERM'] as const).map((name) => {
    const running = rig.start('apply', '--auto-approve', '--wait-window');
    return { name, running };
  });
  await Promise.all(
    waiting.map(({ running }) =>
      running.stderrMatches(/^waiting until .*\(app: outside of window far.*; Ctrl-C ends it/m),
    ),
  );
  expect(lockHolders(lockFile(rig))).toEqual([]);
  for (const { name, running } of waiting) running.signal(name);
  const results = await Promise.all(waiting.map(({ running }) => running.result));
  expect(results.map(({ code }) => code)).toEqual([130, 143]);
  for (const [at, { stderr }] of results.entries()) {
    expect(stderr).toContain(`interrupted by ${waiting[at]?.name ?? ''}: nothing was changed`);
  }
  const status = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  expect(status.openRuns).toEqual([]);
  expect(lockHolders(lockFile(rig))).toEqual([]);
  await nothingWritten();
});
