import type { CutProcess } from './cut-process.ts';
import type { Disks } from './disks.ts';
import type { Layout } from './layouts.ts';
import type { Start } from '../sweep/bench.ts';
import type { Mode } from '../sweep/scenario.ts';
import type { Point } from './points.ts';

/**
 * What is there before the apply: nothing of setpoint, or a record of the old files. `in-place`: the first file is a bind mount,
 * so that it is written in place; `in-place-page`: and the kernel wrote its first page back by itself before the power went.
 * `aside`: recorded with copies, which this apply gives up for the backup store. `planted`: a link where a new file is staged. `decided`: a decision to revert.
 */
export type PowerStart = Start | 'in-place' | 'in-place-page' | 'aside' | 'planted' | 'decided';

/** One power cut, or two: during the apply, and during the recovery from that. */
export interface Cut {
  readonly layout: Layout;
  readonly start: PowerStart;
  /** What the scripted apply does. */
  readonly mode: Mode;
  readonly point: Point;
  readonly inner: Point | null;
}

/** Puts in fresh disks, cuts the power where `cut` says, and leaves the host booted and not yet recovered. Gives the result that the apply had told by then, or null. */
export async function cutPower(
  disks: Disks,
  applier: CutProcess,
  { layout, start, mode, point, inner }: Cut,
  seed: string,
): Promise<string | null> {
  disks.insert(layout, seed);
  const { told, stderr, byItself } = await applier.runTo(mode, point, 'a');
  // A process that never began would leave a host on which all is well.
  if (told === null && byItself) throw new Error(`the apply broke off: ${stderr}`);
  const powerOff = (): void => {
    if (start === 'in-place-page') disks.writeBackPage();
    disks.cut(layout);
    applier.endAll();
  };
  powerOff();
  disks.boot(layout);
  if (inner !== null) {
    await applier.runTo('recover', inner, 'b');
    powerOff();
    disks.boot(layout);
  }
  return told;
}
