import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { FileImage } from '../../src/model/file-image.ts';
import {
  good,
  imageOf,
  kind,
  PATH,
  release,
  restores,
  textOf,
  value,
} from '../unit/kinds/manifest/manifest-rig.ts';
import { mounted } from '../unit/kinds/manifest/mounts/mounts-rig.ts';
import type { MountWish } from '../unit/kinds/manifest/mounts/mounts-rig.ts';
import { FIRST_PLACES, podText, SECOND_PLACES, wishes } from './kinds-manifest-mounts-arbitrary.ts';
import { runs } from './runs.ts';

const anyMounts = wishes([...FIRST_PLACES, ...SECOND_PLACES]);
const RUNS = runs(20);

interface Entry {
  mountPath?: string;
  name: string;
  readOnly?: boolean;
  hostPath?: { path: string; type?: string };
}
interface Pod {
  spec: { volumes?: Entry[]; containers: { volumeMounts?: Entry[]; command: string[] }[] };
}

function decoded(image: FileImage, version: '1.1' | '1.2'): Pod {
  return parseAllDocuments(textOf(image), { version })[0]?.toJS() as Pod;
}

/** The pod that a plain program would make of the old one: planned entries changed or added at the end. */
function planned(pod: Pod, mounts: readonly MountWish[], now: Pod): Pod {
  const copy = structuredClone(pod);
  const container = copy.spec.containers[0];
  if (container === undefined) return copy;
  for (const { path, hostPath, type, readOnly } of mounts) {
    const volumes = (copy.spec.volumes ??= []);
    let volume = volumes.find((one) => one.hostPath?.path === hostPath);
    if (volume === undefined) {
      // The name is free to be chosen.
      const name = now.spec.volumes?.find((one) => one.hostPath?.path === hostPath)?.name ?? '';
      const isTaken = volumes.some((one) => one.name === name);
      volume = { hostPath: { path: hostPath ?? '' }, name: isTaken ? 'taken' : name };
      volumes.push(volume);
    }
    const below = volume.hostPath;
    if (below !== undefined && type != null && (below.type ?? '') !== type) below.type = type;
    (container.volumeMounts ??= []).push({
      mountPath: path,
      name: volume.name,
      ...(readOnly === true ? { readOnly } : {}),
    });
  }
  return copy;
}

const lines = (image: FileImage) => textOf(image).split(/\r?\n/);

describe('editing mounts, any manifest and any mounts', () => {
  it('reaches what is wanted, and then has nothing more to do', () => {
    fc.assert(
      fc.property(podText, anyMounts, (text, mounts) => {
        const step = mounted(imageOf(text), mounts);
        const live = good(
          kind.observe(
            step.image,
            step.desired.map(({ key }) => key),
            PATH,
          ),
        );
        for (const { key, value: wanted } of step.desired) {
          expect(kind.same(key, live.get(key)?.value ?? null, wanted)).toBe(true);
        }
        expect(mounted(step.image, mounts).image).toBe(step.image);
      }),
      RUNS,
    );
  });

  it('changes what is planned and nothing else, decoded by YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(podText, anyMounts, (text, mounts) => {
        const { image } = mounted(imageOf(text), mounts);
        for (const version of ['1.1', '1.2'] as const) {
          const now = decoded(image, version);
          expect(now).toEqual(planned(decoded(imageOf(text), version), mounts, now));
        }
      }),
      RUNS,
    );
  });

  it('keeps every line that it does not plan to change', () => {
    fc.assert(
      fc.property(podText, anyMounts, (text, mounts) => {
        const original = imageOf(text);
        const { image } = mounted(original, mounts);
        const rest = lines(image);
        // Left out: lists on one line, what gets a comma behind it, and types that change in place.
        const kept = lines(original).filter((line) => !/[[\]{}]|type"?:|"path":/.test(line));
        const lost = kept.filter((line) => rest.splice(0, rest.indexOf(line) + 1).length === 0);
        expect(lost).toEqual([]);
        expect(textOf(image).includes('\r\n')).toBe(text.includes('\r\n'));
        expect(textOf(image).endsWith('\n')).toBe(text.endsWith('\n'));
      }),
      RUNS,
    );
  });

  it('gives the original bytes back when everything is released, with flags, in any order', () => {
    fc.assert(
      fc.property(podText, anyMounts, fc.boolean(), fc.boolean(), (text, mounts, known, turned) => {
        const original = imageOf(text);
        const step = mounted(original, mounts, { kept: value('2'), more: value('x') });
        const edits = restores(step, known ? original : null);
        const image = release(step.image, turned ? edits.toReversed() : edits);
        expect(textOf(image)).toBe(text);
      }),
      RUNS,
    );
  });

  it('gives the original bytes back when two plans release one after the other, last first', () => {
    fc.assert(
      fc.property(podText, wishes(FIRST_PLACES), wishes(SECOND_PLACES), (text, first, second) => {
        const one = mounted(imageOf(text), first);
        const two = mounted(one.image, second);
        const between = release(two.image, restores(two, imageOf(text)));
        expect(textOf(between)).toBe(textOf(one.image));
        expect(textOf(release(between, restores(one, imageOf(text))))).toBe(text);
      }),
      RUNS,
    );
  });
});
