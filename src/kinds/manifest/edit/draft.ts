import { ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { lineAfter, ownLine } from '../flags/line-after.ts';
import type { OwnLine } from '../flags/line-after.ts';
import { readContainer } from '../pod/container.ts';
import { parsePod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
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
  readonly #lines = new Map<string, Result<OwnLine>>();

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
  }

  get text(): string {
    return this.#text;
  }

  /** The command line of a container as it is by now; of use until the next splice. Fails with SP2003–SP2015. */
  line(name: string): Result<CommandLine> {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    this.#pod ??= parsePod(this.#text, this.#path);
    const container = this.#pod.ok ? readContainer(this.#pod.value, name) : this.#pod;
    const read = container.ok ? readCommandLine(container.value) : container;
    const line = read.ok ? ok(ownLine(read.value)) : read;
    this.#lines.set(name, line);
    return line;
  }

  apply(splice: TextSplice): void {
    this.#text = applySplice(this.#text, splice);
    this.#pod = null;
    for (const [name, line] of this.#lines) {
      const after = line.ok ? lineAfter(line.value, this.#text, splice) : null;
      if (after === null) this.#lines.delete(name);
      else this.#lines.set(name, after);
    }
  }
}
