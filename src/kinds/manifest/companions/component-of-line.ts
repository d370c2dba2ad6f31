import type { Component } from '../../../catalogue/flag-facts.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { likelyComponent } from '../pod/component.ts';
import { itemsOf } from '../pod/container.ts';

/** Which program of the cluster a container runs, as far as its manifest tells. */
export function componentOfLine({ container }: CommandLine): Component | null {
  const image = container.decoded['image'];
  const started = {
    argv: itemsOf(container).map((item) => item.text),
    hasCommand: container.command !== null,
    image: typeof image === 'string' ? image : '',
  };
  return likelyComponent(started, container.name);
}
