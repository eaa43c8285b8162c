/** What a client needs to know to reach a broker; everything the lab starts is one of these. */
export interface Broker {
  readonly url: string;
  readonly transportOptions?: Readonly<Record<string, unknown>>;
  /** Celery's broker_use_ssl; `cert_reqs` is the name of a constant of Python's ssl module. */
  readonly useSsl?: Readonly<Record<string, string>>;
}

/** The faults every server of the lab can be given. */
export interface Faults {
  readonly pid: number;
  /** In its own way: SIGTERM. */
  stop(): Promise<void>;
  /** SIGKILL, the whole process group. */
  kill(): Promise<void>;
  /** Again on the same ports, with the same data. */
  start(): Promise<void>;
  /** SIGSTOP: connections stay open, nothing moves. */
  pause(): void;
  resume(): void;
}
