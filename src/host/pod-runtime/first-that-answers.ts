import type { PodRuntime, RuntimeContainer } from '../ports.ts';

/** Asks one after the other; whoever answered is asked about the containers that it named. */
export function firstThatAnswers(runtimes: readonly PodRuntime[]): PodRuntime {
  const namedBy = new WeakMap<RuntimeContainer, PodRuntime>();
  return {
    async pods(namespace, name) {
      const reasons: string[] = [];
      for (const runtime of runtimes) {
        const answer = await runtime.pods(namespace, name);
        if (!answer.known) {
          reasons.push(answer.reason);
          continue;
        }
        for (const pod of answer.pods) {
          for (const container of pod.containers) namedBy.set(container, runtime);
        }
        return answer;
      }
      return { known: false, reason: reasons.join('; ') };
    },
    async exitOf(container) {
      return (await namedBy.get(container)?.exitOf(container)) ?? null;
    },
    async lastLines(container) {
      return (await namedBy.get(container)?.lastLines(container)) ?? [];
    },
  };
}
