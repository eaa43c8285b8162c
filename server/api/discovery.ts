/** Where something was read. */
export interface BrokerSource {
  /** Absolute; null: the environment of the process. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number;
  /** What stands there: `CELERY_BROKER_URL`, `service redis`. */
  readonly what: string;
}

/** A broker that the files of a project name. Nothing has been connected to it. */
export interface FoundBroker {
  /** What it could be called. */
  readonly name: string;
  /** With its password, if one was found: not to be shown. */
  readonly url: string;
  readonly maskedUrl: string;
  readonly hasPassword: boolean;
  readonly transportOptions: Readonly<Record<string, unknown>>;
  /** Maybe with a password. */
  readonly resultBackend: string | null;
  /** The best one first. */
  readonly sources: readonly BrokerSource[];
  /** `settings`: Celery's own; `likely`: a server that Celery may use. */
  readonly certainty: 'settings' | 'likely';
  /** What to know before using it, such as that its host is known to containers only. */
  readonly hint: string | null;
}

/** A place that names a broker, but not in a way that could be used. */
export interface UnclearBroker {
  readonly source: BrokerSource;
  /** Why, in a sentence without secrets. */
  readonly sentence: string;
}

export interface DiscoverParams {
  /** Absolute. */
  readonly folders: readonly string[];
}

export interface Discovery {
  readonly brokers: readonly FoundBroker[];
  readonly unclear: readonly UnclearBroker[];
  readonly filesRead: number;
  /** What was left out for its size or number, in sentences. */
  readonly leftOut: readonly string[];
}
