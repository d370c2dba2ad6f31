import { CIS_ROWS } from '../../catalogue/cis/rows.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { subjectOfContainer } from '../../kinds/manifest/audit/manifest-subjects.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ResolvedResource } from '../../model/plan-file.ts';

/** Rows of a benchmark that are about another component than the container that the manifest runs: they could never be green. */
export function misplacedAudits(
  { spec, audits, at }: ResolvedResource,
  image: FileImage,
): readonly Diagnostic[] {
  const rows = audits.flatMap(({ check }) => (check.kind === 'cis' ? [check] : []));
  if (rows.length === 0 || spec.kind !== 'manifest' || !image.exists) return [];
  const text = new TextDecoder().decode(image.bytes);
  const subject = subjectOfContainer(text, spec.path, spec.container);
  return rows.flatMap(({ version, row }): readonly Diagnostic[] => {
    const component = CIS_ROWS.find(({ id }) => id === row)?.component;
    if (component === undefined || component === subject?.component) return [];
    const what = subject?.component ?? 'a program that the benchmark does not know';
    const message = `row ${version}/${row} is about ${component}, but the container runs ${what}`;
    const help = `name it at the resource of ${component}`;
    return [{ code: 'SP4154', severity: 'error', message, at, help }];
  });
}
