/** Where a record came from that does not lie in the state directory of its host. */
export interface RecordOrigin {
  /** The remote's address for people. */
  readonly shown: string;
  /** `setpoint/<host>`: its name at the remote. */
  readonly branch: string;
}
