import { describe, expect, it } from 'vitest';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import { imageOf, lineDiff, manage, textOf, value } from '../manifest-rig.ts';
import { manifest } from '../judging/judging-rig.ts';

const QUOTED = manifest(['kube-apiserver', '--secure-port=6443']);
const PLAIN = imageOf(textOf(QUOTED).replaceAll(/^( *- )"(.*)"$/gm, '$1$2'));

function added(before: FileImage): readonly string[] {
  const flags = { 'bind-address': value('::'), profiling: value('false'), v: value('2') };
  const lines = lineDiff(before, manage(before, flags).image);
  return lines.filter((line) => line.startsWith('+'));
}

describe('new items', () => {
  it('are quoted like those before them', () => {
    expect(added(QUOTED)).toEqual([
      '+- "--bind-address=::"',
      '+- "--profiling=false"',
      '+- "--v=2"',
    ]);
  });

  it('are plain behind one that only cannot do without quotes', () => {
    expect(added(PLAIN)).toEqual(['+- "--bind-address=::"', '+- --profiling=false', '+- --v=2']);
  });
});
