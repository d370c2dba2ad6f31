import { imageVersion } from '../../../catalogue/image-version.ts';
import type { Component } from '../../../catalogue/flag-facts.ts';
import { componentOf } from './component.ts';
import { itemsOf } from './container.ts';
import type { Container } from './container.ts';

/** What a container runs, as far as its manifest tells. */
export interface RunningComponent {
  readonly component: Component;
  /** `v1.34.2` as the image's tag says; `null`: the tag is no version, or there is none. */
  readonly version: string | null;
  readonly image: string;
}

/** The component of a container, when it is one that the catalogue speaks of. */
export function runningComponent(container: Container): RunningComponent | null {
  const image = container.decoded['image'];
  const name = typeof image === 'string' ? image : '';
  const argv = itemsOf(container).map((item) => item.text);
  const component = componentOf({ argv, hasCommand: container.command !== null, image: name });
  return component === null ? null : { component, version: imageVersion(name), image: name };
}
