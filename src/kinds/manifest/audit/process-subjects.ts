import { isOfBenchmark } from '../../../catalogue/cis/row.ts';
import { componentOfProcess } from '../pod/component.ts';
import { findArgumentStart } from '../pod/wrapper.ts';
import { argumentsOf } from './argument.ts';
import type { Subject } from './subject.ts';

interface RunningProcess {
  readonly pid: number;
  readonly argv: readonly string[];
}

/** The components among running processes, by what they are started as. The environment of a process is not looked at. */
export function processSubjects(processes: readonly RunningProcess[]): readonly Subject[] {
  return processes.flatMap(({ pid, argv }) => {
    const component = componentOfProcess(argv);
    const start = findArgumentStart(argv, true);
    if (component === null || !isOfBenchmark(component) || start.kind !== 'at') return [];
    return [
      {
        component,
        origin: { kind: 'process' as const, pid },
        arguments: argumentsOf(argv.slice(start.index)),
        environment: null,
        argv,
        image: null,
      },
    ];
  });
}

/**
 * The processes that run a manifest's container: those with exactly its arguments; where none has, and `anyOfComponent`, every one of
 * the component (an old one that was not restarted). They get the manifest's environment, which is what the kubelet gives them.
 */
export function processesOf(
  manifest: Subject,
  running: readonly Subject[],
  anyOfComponent: boolean,
): readonly Subject[] {
  const own = running.filter(({ component }) => component === manifest.component);
  const text = JSON.stringify(manifest.argv);
  const exact = own.filter(({ argv }) => JSON.stringify(argv) === text);
  const chosen = exact.length > 0 || !anyOfComponent ? exact : own;
  return chosen.map((subject) => ({ ...subject, environment: manifest.environment }));
}
