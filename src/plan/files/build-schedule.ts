import type * as data from '../../generated/plan-types.ts';
import { isOwnLayout, OWN_LAYOUT } from '../../kinds/schedule/layout.ts';
import type { ScheduleLayout } from '../../kinds/schedule/layout.ts';
import type { HostPath, WorkspacePath } from '../../model/brand.ts';
import type { JsonObject } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import type { ScheduleSpec } from '../../model/plan-file.ts';
import { recordRule, writeMethod } from './build-place.ts';
import { workspacePath } from './paths.ts';
import { child, toJson, type SourceNode } from './source-tree.ts';

/** A resource of kind `schedule`; `sources`: bytes of every file of the workspace that the plan names. */
export function scheduleSpec(
  resource: data.ScheduleResource,
  node: SourceNode,
  sources: ReadonlyMap<WorkspacePath, Uint8Array>,
): ScheduleSpec {
  const layout = layoutOf(resource);
  return {
    kind: 'schedule',
    path: resource.path as HostPath,
    dialect: resource.dialect,
    // By the validator's word.
    entries: mapping(child(node, 'entries')) as ScheduleSpec['entries'],
    global: mapping(child(node, 'global')),
    ...layout,
    schema: schemaOf(resource, layout, sources),
    ...writeMethod(resource),
    ...recordRule(resource),
  };
}

export function layoutOf({
  list,
  key,
  scheduleField,
}: Pick<data.ScheduleResource, 'list' | 'key' | 'scheduleField'>): ScheduleLayout {
  return {
    list: list === undefined ? OWN_LAYOUT.list : list.split('.').filter((step) => step !== ''),
    key: key ?? OWN_LAYOUT.key,
    scheduleField: scheduleField ?? OWN_LAYOUT.scheduleField,
  };
}

function schemaOf(
  { schema }: data.ScheduleResource,
  layout: ScheduleLayout,
  sources: ReadonlyMap<WorkspacePath, Uint8Array>,
): ScheduleSpec['schema'] {
  if (schema === undefined) return isOwnLayout(layout) ? 'own' : 'none';
  if (schema === 'none') return 'none';
  const named = workspacePath(schema);
  const bytes = 'path' in named ? sources.get(named.path) : undefined;
  // What cannot be read has been refused; nothing fits a schema without text.
  return 'path' in named ? { source: named.path, bytes: bytes ?? new Uint8Array() } : 'own';
}

function mapping(node: SourceNode | undefined): JsonObject {
  const value = node === undefined ? {} : toJson(node);
  return isJsonObject(value) ? value : {};
}
