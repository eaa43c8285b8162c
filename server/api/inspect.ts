/** One thing that workers can be asked, for people to choose from. */
export interface InspectMethod {
  readonly method: string;
  readonly help: string;
  /** How its arguments are typed: "query_task IDS…". */
  readonly signature: string;
  readonly takesArguments: boolean;
  readonly needsArguments: boolean;
}

export interface InspectParams {
  readonly clusterId: string;
  readonly method: string;
  /** As typed on a command line. */
  readonly words: readonly string[];
  /** Null: every worker. */
  readonly destination: readonly string[] | null;
}

/** The answers as people read them. */
export interface InspectDocument {
  readonly text: string;
  readonly answered: number;
  readonly refused: number;
  readonly silent: number;
}
