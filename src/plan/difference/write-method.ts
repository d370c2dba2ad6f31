import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { WriteMethod } from '../../model/plan-file.ts';
import type { Declarations } from './declarations.ts';
import type { PlannerInput } from './planner-input.ts';

/** How a file is written: as its declarations say (they agree, ownership.ts), else as it was when it was last written. */
export function methodOf(
  input: PlannerInput,
  { path, declarations }: { readonly path: HostPath; readonly declarations: Declarations },
): WriteMethod | undefined {
  if (input.registers?.has(path) === true) return 'in-place';
  const declared = declarations.byFile.get(path)?.[0];
  return declared === undefined ? input.recorded.files.get(path)?.write : declared.write;
}

/** What writing in place cannot do is a failure (SP6070), what it means for readers a warning. Nothing when nothing is written. */
export function judgeMethod(
  input: Pick<PlannerInput, 'registers'>,
  method: WriteMethod | undefined,
  path: HostPath,
  before: FileImage,
  after: FileImage,
): Result<readonly Diagnostic[]> {
  if (method === undefined || before === after) return ok([]);
  if (input.registers?.has(path) === true && before.exists && after.exists) return ok([]);
  if (!before.exists || !after.exists) {
    const does = before.exists ? 'deleted' : 'created';
    return fail({
      code: 'SP6070',
      severity: 'error',
      message: `${path} would be ${does}, which cannot be done in place`,
      help: before.exists
        ? 'take out `write: in-place` (once it is no mount point any more), or keep the file'
        : 'create it first, or take out `write: in-place`',
    });
  }
  const message = `${path} is written in place: for a moment its readers can see old and new content mixed; every mount and hard link of it changes`;
  return ok([{ code: 'SP6073', severity: 'warning', message }]);
}
