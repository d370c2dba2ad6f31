import type { Result } from '../../../diagnostics/diagnostic.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { readContainer } from '../pod/container.ts';
import type { WrittenContainer } from '../pod/container.ts';
import { parsePod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { listAfter } from '../text/list-after.ts';
import { applySplice } from '../text/text-splice.ts';
import type { TextSplice } from '../text/text-splice.ts';

/**
 * A manifest's text while splices are applied to it one by one, and its command lines as a parse of that text reads them. Each step
 * depends on the one before (a new flag is written behind and like the last one, a flag goes back beside one that came back), so they
 * cannot all be computed from one parse; but a splice changes only the items that it holds. So the text is parsed once, the lists are
 * kept up with each splice, and a parse comes again only after a splice whose effect is not certain without one.
 */
export class Draft {
  readonly #path: string;
  #text: string;
  #pod: Result<PodSource> | null = null;
  #containers = new Map<string, Result<WrittenContainer>>();
  readonly #lines = new Map<string, Result<CommandLine>>();

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  get text(): string {
    return this.#text;
  }

  /** The command line of a container as it is by now. Fails with SP2003–SP2015. */
  line(name: string): Result<CommandLine> {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const container = this.#container(name);
    const line = container.ok ? readCommandLine(container.value) : container;
    this.#lines.set(name, line);
    return line;
  }

  apply(splice: TextSplice): void {
    const before = this.#text;
    this.#text = applySplice(before, splice);
    this.#pod = null;
    this.#lines.clear();
    const containers = [...this.#containers].flatMap(([name, container]) => {
      const after = container.ok ? containerAfter(container.value, this.#text, splice) : null;
      return after === null ? [] : [[name, { ok: true, value: after }] as const];
    });
    this.#containers = new Map(containers);
  }

  #container(name: string): Result<WrittenContainer> {
    const known = this.#containers.get(name);
    if (known !== undefined) return known;
    this.#pod ??= parsePod(this.#text, this.#path);
    const container = this.#pod.ok ? readContainer(this.#pod.value, name) : this.#pod;
    this.#containers.set(name, container);
    return container;
  }
}

function containerAfter(
  container: WrittenContainer,
  text: string,
  splice: TextSplice,
): WrittenContainer | null {
  const { source } = container;
  const command = container.command && listAfter(source.text, text, container.command, splice);
  const args = container.args && listAfter(source.text, text, container.args, splice);
  const isLost = (container.command && !command) || (container.args && !args);
  return isLost ? null : { ...container, source: { ...source, text }, command, args };
}
