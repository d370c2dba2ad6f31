import { ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../model/file-image.ts';
import { argvOf } from './pod/argv.ts';
import { readCommandLine } from './flags/command-line.ts';
import type { CommandLine } from './flags/command-line.ts';
import { fixedUid } from './companions/uid/fixed-uid.ts';
import { readContainer } from './pod/container.ts';
import { editableFlag } from './flags/editable-flag.ts';
import { readPod } from './pod/parse-pod.ts';

export interface InspectedFlag {
  /** Canonical name, without dashes. */
  readonly name: string;
  /** `null` for a bare `--flag`. */
  readonly value: string | null;
  /** Source text of the item, or of both, with quotes. */
  readonly raw: string;
}

export interface InspectedManifest {
  readonly container: string;
  /** The pod has a uid of its own: changes need `uid: renew`. */
  readonly fixedUid: boolean;
  /** Flags that can be managed, in order. */
  readonly flags: readonly InspectedFlag[];
  /** Arguments as the process gets them. */
  readonly argv: readonly string[];
  /** Why the other flags cannot be managed, one sentence each. */
  readonly unsupported: readonly string[];
}

/** What a manifest holds, for import and status. `container` null = the only one. Fails with SP2001–SP2015. */
export function inspectManifest(
  image: FileImage,
  container: string | null,
  path = 'manifest',
): Result<InspectedManifest> {
  const pod = readPod(image, path);
  const chosen = pod.ok ? readContainer(pod.value, container) : pod;
  if (!chosen.ok) return chosen;
  const line = readCommandLine(chosen.value);
  if (!line.ok) return line;
  return ok({
    container: chosen.value.name,
    fixedUid: fixedUid(chosen.value.source.pod) !== null,
    argv: argvOf(chosen.value),
    ...sortFlags(line.value, `${path}: `),
  });
}

function sortFlags(line: CommandLine, prefix: string) {
  const { text } = line.container.source;
  const flags: InspectedFlag[] = [];
  const unsupported = new Set<string>();
  for (const token of line.tokens) {
    if (token.kind === 'argument') {
      const isValue = line.tokens.some((one) => one.kind === 'flag' && one.follower === token.item);
      if (!isValue) unsupported.add(`"${token.item.text}" is not a flag`);
      continue;
    }
    const flag = editableFlag(line, token.name);
    if (flag.ok) {
      const raw = text.slice(token.item.start, (token.valueItem ?? token.item).end);
      flags.push({ name: token.name, value: token.value, raw });
    } else {
      for (const one of flag.diagnostics) unsupported.add(one.message.replace(prefix, ''));
    }
  }
  return { flags, unsupported: [...unsupported] };
}
