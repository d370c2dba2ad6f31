import { imageVersion } from '../../../catalogue/image-version.ts';
import type { Component } from '../../../catalogue/flag-facts.ts';
import { componentOf } from './component.ts';
import type { Started } from './component.ts';
import { itemsOf } from './container.ts';
import type { WrittenContainer } from './container.ts';

/** What a container runs, as far as its manifest tells. */
export interface RunningComponent {
  readonly component: Component;
  /** `v1.34.2` as the image's tag says; `null`: the tag is no version, or there is none. */
  readonly version: string | null;
  readonly image: string;
}

/** The component of a container, when it is one that the catalogue speaks of. */
export function runningComponent(container: WrittenContainer): RunningComponent | null {
  const started = startedOf(container);
  const component = componentOf(started);
  const { image } = started;
  return component === null ? null : { component, version: imageVersion(image), image };
}

/** What a container is started as, by its manifest. */
export function startedOf(container: WrittenContainer): Started {
  const image = container.decoded['image'];
  const argv = itemsOf(container).map((item) => item.text);
  const hasCommand = container.command !== null;
  return { argv, hasCommand, image: typeof image === 'string' ? image : '' };
}
