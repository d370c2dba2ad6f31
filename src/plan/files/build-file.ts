import type * as data from '../../generated/plan-types.ts';
import type { HostPath, WorkspacePath } from '../../model/brand.ts';
import type { FileSpec } from '../../model/plan-file.ts';
import { recordRule, writeMethod } from './build-place.ts';
import { workspacePath } from './paths.ts';

/** A resource of kind `file`; `sources`: bytes of every source that the plan names. */
export function fileSpec(
  resource: data.FileResource,
  sources: ReadonlyMap<WorkspacePath, Uint8Array>,
): FileSpec {
  const source = resource.source === undefined ? null : workspacePath(resource.source);
  const path = source !== null && 'path' in source ? source.path : null;
  const written = resource.content === undefined ? null : Buffer.from(resource.content, 'utf8');
  return {
    kind: 'file',
    path: resource.path as HostPath,
    content:
      resource.absent === true ? null : path === null ? written : (sources.get(path) ?? null),
    mode: resource.mode === undefined ? null : Number.parseInt(resource.mode, 8),
    source: path,
    ...writeMethod(resource),
    ...recordRule(resource),
  };
}
