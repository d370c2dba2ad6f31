/** What is to become of a run's files: the new ones stay, or the old ones return. */
export type DecisionKind = 'keep' | 'revert';
