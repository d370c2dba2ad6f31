/** The probes a container may have, the one that tells most about its service first. */
export const PROBES = ['readiness', 'liveness', 'startup'] as const;
export type ProbeName = (typeof PROBES)[number];
