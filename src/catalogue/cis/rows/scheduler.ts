import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { off } from './demands.ts';

const component = 'kube-scheduler' as const;

export const SCHEDULER: readonly CisRow[] = [
  {
    id: '1.4.1',
    versions: ALL_CIS,
    component,
    title: 'profiling of the scheduler is off',
    demands: [off('profiling')],
    remedy: 'set --profiling=false',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.4.2',
    versions: ALL_CIS,
    component,
    title: 'the scheduler listens on the host itself only',
    // As 1.3.7: not given passes by the benchmark, not by what the component does then.
    demands: [
      {
        flag: 'bind-address',
        type: 'string',
        rule: { op: 'eq', value: '127.0.0.1', unset: 'pass' },
      },
    ],
    remedy: 'set --bind-address=127.0.0.1',
    needs: 'probes have to ask that address; metrics can no longer be read from elsewhere',
    risk: 'C',
  },
];
