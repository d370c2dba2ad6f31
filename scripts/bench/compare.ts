import { summarize, type Summary } from './summary.ts';

/** One side of a comparison; returns the milliseconds that count. */
export type Side = (round: number) => Promise<number>;

export interface Compared {
  readonly subject: Summary;
  readonly floor: Summary;
  /** Of the medians. */
  readonly ratio: number;
}

/** Runs both sides in turns (A B A B …), so that whatever else the machine does meets both. The first `warmUp` rounds do not count. */
export async function compare(
  sides: { readonly subject: Side; readonly floor: Side },
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<Compared> {
  const [subjects, floors]: [number[], number[]] = [[], []];
  for (let round = -warmUp; round < rounds; round += 1) {
    const subject = await sides.subject(round);
    const floor = await sides.floor(round);
    if (round < 0) continue;
    subjects.push(subject);
    floors.push(floor);
  }
  const [subject, floor] = [summarize(subjects), summarize(floors)];
  return { subject, floor, ratio: subject.median / floor.median };
}

/** Milliseconds that `act` takes. */
export async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
