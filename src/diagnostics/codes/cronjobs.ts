import type { CodeEntry } from './entry.ts';

/** SP228x: CronJobs in Kubernetes manifests. */
export const cronjobCodes = {
  SP2280: {
    title: 'there is no such CronJob in the file',
    explanation:
      'Kind `cronjob` changes fields of a CronJob that the file holds, in any of its documents. Check `path:`, `name:` and `namespace:`; a manifest that is yours as a whole is kind `file`.',
  },
  SP2281: {
    title: 'it is not certain which CronJob is meant',
    explanation:
      'The file holds several CronJobs that fit. Say `name:`, and `namespace:` where two of one name are in different namespaces.',
  },
  SP2282: {
    title: 'two CronJobs of a file have one name',
    explanation:
      'The later one would replace the earlier one in the cluster, so it is not certain which of them counts. Take one of them out, or rename it.',
  },
  SP2283: {
    title: 'the API server would refuse this CronJob',
    explanation:
      'The rules are those of the Kubernetes API server (batch/v1): the schedule as robfig/cron v3 reads it and without a zone in it, `timeZone` an IANA name, `concurrencyPolicy` Allow, Forbid or Replace, numbers from 0, a name of at most 52 characters. A manifest is applied as a whole, so a field that stood there before counts, too. Correct what the message names.',
  },
  SP2284: {
    title: 'this CronJob may never run',
    explanation:
      'The controller of CronJobs looks every ten seconds for what is due. With a shorter `startingDeadlineSeconds` it may find each time that it is too late. Write 10 or more.',
  },
} as const satisfies Record<string, CodeEntry>;
