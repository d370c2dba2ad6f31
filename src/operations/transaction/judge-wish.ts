import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Wish } from './wish.ts';

/** What keeps a wish from being done to the file that is there: SP4262 it must not be written, SP4263 it is not what is expected. */
export function judgeWish(wish: Wish, { content, linkText }: ObservedFile): readonly Diagnostic[] {
  const { path, needs, expected, becomes } = wish;
  if (content.kind === 'refused') return [cannot(content.reason)];
  if (becomes.is === 'gone' && linkText !== null) {
    const help = 'Name the file that it leads to; the link itself is not managed.';
    return [{ ...cannot(`${path} is a symbolic link, which would lead to nothing`), help }];
  }
  if (content.kind === 'absent') return needs === 'file' ? [other(`${path} does not exist`)] : [];
  if (needs === 'nothing') return [other(`${path} exists already`)];
  if (expected === null || content.state.sha256 === expected) return [];
  return [other(`${path} does not hold what is expected (SHA-256 ${content.state.sha256})`)];
}

/** All problems in one error: exit 1 when one of them is of the place, 6 when files only hold something else. */
export function refuseAll(problems: readonly Diagnostic[]): void {
  if (problems.length === 0) return;
  const place = problems.some(({ code }) => code !== 'SP4263');
  throw new SetpointError(place ? EXIT.failed : EXIT.stale, problems);
}

function cannot(reason: string): Diagnostic {
  return { code: 'SP4262', severity: 'error', message: `cannot be written: ${reason}` };
}

function other(message: string): Diagnostic {
  return {
    code: 'SP4263',
    severity: 'error',
    message,
    help: 'Read the file again and decide anew.',
  };
}
