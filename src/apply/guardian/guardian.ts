/**
 * The process that settles a run when the applier dies. It shares the run lock (an inherited descriptor), so that nobody gets
 * between the death and the settling. It acts on the end of a line (a pair of sockets), which the kernel closes with the applier.
 */
export interface Guardian {
  readonly pid: number;
  /** Resolves once it has the lock and has loaded everything that a revert needs. Errors: SP4230 (exit 1), nothing written yet. */
  ready(): Promise<void>;
  /** Nothing is open (or what is open needs a person): it ends without acting. Resolves when it was told. */
  dismiss(): Promise<void>;
  /**
   * The run that is open is the guardian's from now on. The caller must end without releasing the lock and without writing to
   * the host any more; it has 10 s to end.
   */
  handOver(): void;
}
