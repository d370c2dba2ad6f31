import type { CutProcess } from './cut-process.ts';
import type { Disks } from './disks.ts';
import type { Layout } from './layouts.ts';
import type { Mode } from '../sweep/scenario.ts';
import type { Point } from './points.ts';

/** One power cut, or two: during the apply, and during the recovery from that. */
export interface Cut {
  readonly layout: Layout;
  /** What the scripted apply does. */
  readonly mode: Mode;
  readonly point: Point;
  readonly inner: Point | null;
}

/** Puts in fresh disks, cuts the power where `cut` says, and leaves the host booted and not yet recovered. Gives the result that the apply had told by then, or null. */
export async function cutPower(
  disks: Disks,
  applier: CutProcess,
  { layout, mode, point, inner }: Cut,
  seed: string,
): Promise<string | null> {
  disks.insert(layout, seed);
  const { told, stderr, byItself } = await applier.runTo(mode, point, 'a');
  // A process that never began would leave a host on which all is well.
  if (told === null && byItself) throw new Error(`the apply broke off: ${stderr}`);
  powerOff(disks, applier, layout);
  disks.boot(layout);
  if (inner !== null) {
    await applier.runTo('recover', inner, 'b');
    powerOff(disks, applier, layout);
    disks.boot(layout);
  }
  return told;
}

function powerOff(disks: Disks, applier: CutProcess, layout: Layout): void {
  disks.cut(layout);
  applier.endAll();
}
