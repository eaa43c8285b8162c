/** What a monitor has used since it was started, the whole process with all its threads. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** The most it ever was. */
  readonly peakResidentBytes: number;
}

/** One monitor in a process of its own, which counts the task events that reach it. */
export interface Subject {
  readonly name: string;
  /** How many it has counted since it was started. */
  counted(): Promise<number>;
  /** Resolves with its count when that has reached `total`, or when it can no longer get there. */
  countTo(total: number): Promise<number>;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

export interface SubjectTarget {
  readonly url: string;
  readonly maxTasks: number;
}

/** After this long without any progress, what has not come will not come. */
export const patienceMs = 3_000;
