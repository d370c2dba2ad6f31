import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { JsonObject } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import type { CronJobSpec } from '../../model/plan-file.ts';
import { readDocuments } from '../../structured/read-structured.ts';
import type { Structured } from '../../structured/structured.ts';
import { readOnce } from '../structured-items/read-once.ts';
import { calledCronJob } from './item-key.ts';
import type { CronJobName } from './item-key.ts';

/** A CronJob of a file, and the document that it is. */
export interface FoundCronJob extends CronJobName {
  readonly source: Structured;
  readonly spec: JsonObject;
}

/**
 * All CronJobs of a file, which is parsed once an image. Fails as src/structured does where it cannot be read, and with SP2282 where two
 * have one name. What is no CronJob is not looked at; one without a name cannot be meant.
 */
export function findCronJobs(image: FileImage, path: HostPath): Result<readonly FoundCronJob[]> {
  return image.exists ? foundIn(image.bytes, path) : ok([]);
}

const foundIn = readOnce((bytes, path): Result<readonly FoundCronJob[]> => {
  const documents = readDocuments(bytes, path);
  if (!documents.ok) return documents;
  const found = documents.value.flatMap(cronJobOf);
  const twice = namedBefore(found);
  return twice.length > 0 ? fail(...twice.map((one) => namedTwice(one, path))) : ok(found);
});

function namedBefore(found: readonly FoundCronJob[]): readonly FoundCronJob[] {
  const names = new Set<string>();
  return found.filter((one) => {
    const known = names.has(calledCronJob(one));
    names.add(calledCronJob(one));
    return known;
  });
}

function cronJobOf(source: Structured): readonly FoundCronJob[] {
  const { value } = source;
  if (!isJsonObject(value) || value['kind'] !== 'CronJob') return [];
  const { metadata, spec } = value;
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  if (typeof name !== 'string') return [];
  return [
    {
      name,
      namespace: typeof namespace === 'string' ? namespace : null,
      source,
      spec: isJsonObject(spec) ? spec : {},
    },
  ];
}

/** The one that a resource means. Fails with SP2280 (not there) and SP2281 (several, and none is named). */
export function theCronJob(
  { name, namespace }: Pick<CronJobSpec, 'name' | 'namespace'>,
  found: readonly FoundCronJob[],
  path: HostPath,
): Result<FoundCronJob> {
  const meant = found.filter(
    (one) =>
      (name === null || one.name === name) && (namespace === null || one.namespace === namespace),
  );
  const [first, second] = meant;
  const there = found.map((one) => calledCronJob(one)).join(', ');
  if (first === undefined) {
    const wanted = name === null ? 'CronJob' : `CronJob ${calledCronJob({ name, namespace })}`;
    const help =
      there === ''
        ? 'check the path: the file holds no CronJob with a name'
        : `in the file: ${there}`;
    return fail(refused('SP2280', `${path}: there is no ${wanted}`, help));
  }
  if (second === undefined) return ok(first);
  const help = `say which: name: ${quoted(first.name)}, and namespace: where that is not enough; in the file: ${there}`;
  return fail(refused('SP2281', `${path}: it is not certain which CronJob is meant`, help));
}

function namedTwice(one: FoundCronJob, path: string): Diagnostic {
  const message = `${path}: two CronJobs are called ${calledCronJob(one)}`;
  return refused('SP2282', message, 'take one of them out, or rename it');
}

function refused(code: 'SP2280' | 'SP2281' | 'SP2282', message: string, help: string): Diagnostic {
  return { code, severity: 'error', message, help };
}
