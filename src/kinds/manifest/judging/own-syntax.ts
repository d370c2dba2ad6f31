import { isReservedMemory } from '../values/reserved-memory.ts';
import { isTaintList } from '../values/taints.ts';
import { isVerbosityByFile } from '../values/verbosity.ts';

/** Types that write several things into one text, in a way of their own: whether they take it, and for a sentence what they take. */
export const OWN_SYNTAX: ReadonlyMap<
  string,
  { readonly takes: (text: string) => boolean; readonly problem: string }
> = new Map([
  [
    '[]v1.Taint',
    {
      takes: isTaintList,
      problem: 'takes taints such as KEY=VALUE:NoSchedule, each key and effect once',
    },
  ],
  [
    'pattern=N,...',
    { takes: isVerbosityByFile, problem: 'takes levels of files, such as garbagecollector*=4' },
  ],
  [
    'reserved-memory',
    {
      takes: isReservedMemory,
      problem: 'takes memory of NUMA nodes, such as 0:memory=1Gi,hugepages-2Mi=8Mi;1:memory=2Gi',
    },
  ],
]);
