// Generated from schemas/ by scripts/generate.ts. Do not edit.

export type Name = string;
export type HostName = string;
export type GitRemote = string;
export type GitBranch = string;
/**
 * Go-style duration with unit: `300s`, `1m30s`, `500ms`, `1h`.
 */
export type Duration = string;
export type Count = number;

/**
 * `setpoint.yaml` at the top of the git repository that holds `plans/`.
 */
export interface WorkspaceDocument {
  name: Name;
  /**
   * Names of the hosts that this workspace manages.
   */
  hosts?: HostName[];
  state?: RecordedState;
  gates?: GateDefaults;
}
/**
 * Where the recorded state of each host is pushed.
 */
export interface RecordedState {
  remote?: GitRemote;
  branch?: GitBranch;
}
/**
 * What gates that do not say otherwise use.
 */
export interface GateDefaults {
  within?: Duration;
  every?: Duration;
  timeout?: Duration;
  successes?: Count;
}
