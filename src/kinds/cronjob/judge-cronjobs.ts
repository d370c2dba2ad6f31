import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { CronJobSpec } from '../../model/plan-file.ts';
import { fieldProblems } from './field-problems.ts';
import { findCronJobs, theCronJob } from './find-cronjobs.ts';
import type { FoundCronJob } from './find-cronjobs.ts';
import { calledCronJob, CRONJOB_FIELDS } from './item-key.ts';

/** A job's name gets eleven characters more (validateCronJob: DNS subdomain of 63 - 11). */
const LONGEST_NAME = 52;
/** The controller looks every ten seconds: what is due only for less may be missed each time (CronJob documentation). */
const SHORTEST_DEADLINE = 10;

/**
 * The CronJob that a resource is about, as the change leaves it: what the API server would refuse is refused (SP2283), also what stood
 * there before, for the manifest is applied as a whole. SP2284 warns of what it takes and does not run.
 */
export function judgeCronJobs(
  spec: CronJobSpec | null,
  _before: FileImage,
  after: FileImage,
  path: HostPath,
): readonly Diagnostic[] {
  // Given back to what it was: what stood there is its owner's.
  if (spec === null) return [];
  const found = findCronJobs(after, path);
  if (!found.ok) return found.diagnostics;
  const one = theCronJob(spec, found.value, path);
  if (!one.ok) return one.diagnostics;
  const refused = refusals(one.value, path);
  return refused.length > 0 ? refused : warnings(one.value, path);
}

function refusals(one: FoundCronJob, path: HostPath): readonly Diagnostic[] {
  const called = calledCronJob(one);
  const wrong = CRONJOB_FIELDS.flatMap((field) => {
    const value = one.spec[field];
    // The API server takes null for nothing.
    if (value === undefined || value === null) return [];
    return fieldProblems(field, value).map(({ column, message, help }) => {
      const where = field === 'schedule' ? `${field}, column ${column}` : field;
      return refusal(`${path}: CronJob ${called}: ${where}: ${message}`, help);
    });
  });
  const help = `choose a name of at most ${LONGEST_NAME} characters`;
  const long =
    one.name.length > LONGEST_NAME
      ? [
          refusal(
            `${path}: CronJob ${called}: its name is too long for the names of its jobs`,
            help,
          ),
        ]
      : [];
  const none =
    one.spec['schedule'] === undefined
      ? [refusal(`${path}: CronJob ${called} has no schedule`, 'declare schedule:')]
      : [];
  return [...wrong, ...long, ...none];
}

function refusal(message: string, help: string): Diagnostic {
  return { code: 'SP2283', severity: 'error', message, help };
}

function warnings(one: FoundCronJob, path: HostPath): readonly Diagnostic[] {
  const { startingDeadlineSeconds: deadline } = one.spec;
  if (typeof deadline !== 'number' || deadline >= SHORTEST_DEADLINE) return [];
  const message = `${path}: CronJob ${calledCronJob(one)} may never run: startingDeadlineSeconds ${deadline} is shorter than the 10 s after which its controller looks again`;
  const help = `write ${SHORTEST_DEADLINE} or more`;
  return [{ code: 'SP2284', severity: 'warning', message, help }];
}
