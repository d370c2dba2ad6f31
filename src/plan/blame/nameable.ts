import type { RecordedItem } from '../../model/item.ts';

/** A file with its owned items by key. */
export interface NameableFile {
  readonly path: string;
  readonly items: Readonly<Record<string, Pick<RecordedItem, 'owner' | 'label'>>>;
}

/** Every address that would mean something, in the notation of `like`: what a typing mistake may have meant. */
export function nameablePlaces(files: Iterable<NameableFile>, like: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { path, items } of files) {
    for (const { owner, label } of Object.values(items)) {
      const flag = label.replace(/^--/, '');
      const dashed = like.includes('#--') || like.includes('/--') ? label : flag;
      if (like.startsWith('/')) places.add(like.includes('#') ? `${path}#${dashed}` : path);
      else for (const place of byOwner(owner, dashed, like)) places.add(place);
    }
  }
  return places;
}

function byOwner(
  { plan, resource }: { readonly plan: string; readonly resource: string },
  item: string,
  like: string,
): readonly string[] {
  const levels = like.split('/').length;
  if (levels === 1) return [plan];
  return levels === 2 ? [`${plan}/${resource}`] : [`${plan}/${resource}/${item}`];
}
