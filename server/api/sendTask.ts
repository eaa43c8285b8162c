/** A task that can be sent. */
export interface KnownTask {
  readonly name: string;
  /** The workers that said they know it; none: it was only seen in events. */
  readonly workers: readonly string[];
}
