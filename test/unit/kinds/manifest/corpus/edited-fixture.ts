/** A manifest of fixtures/manifests that can be edited. */
export interface EditedFixture {
  readonly file: string;
  /** What is special about it, as the reference page says it. */
  readonly form: string;
  /** Default: the only one of spec.containers. */
  readonly container?: string;
  /** Flag to give another value; default: the first one; null: there is none. */
  readonly change?: string | null;
  /** Flag to remove; default: the last one; null: none can go. */
  readonly remove?: string | null;
  /** Flags of which the value is the next item. */
  readonly twoItems?: readonly string[];
  /** Flags of it that cannot be managed, and why. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Whether arguments that are no flags stand among the flags. */
  readonly arguments?: true;
}
