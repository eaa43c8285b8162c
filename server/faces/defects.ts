export interface DefectParts {
  readonly say: (sentence: string) => void;
  /** Ends the process; whoever supervises it (the extension, a container engine, a shell) sees that it failed. */
  readonly end: () => void;
  /** Whether the process goes on when a promise is rejected that nobody awaits. */
  readonly survivesRejections: () => boolean;
}

/** So many stacks are said; after that, whenever their number has doubled. */
const stacksSaid = 10;

/**
 * What a process does about its own defects.
 *
 * - An uncaught exception has cut off whatever was under way, half done: a row may be in one list and not in the other. What
 *   the process would go on to show could be wrong, so that it says why and ends, and is started again with an empty state.
 * - A rejection that nobody awaits ends one asynchronous operation, whose own steps are over at each `await`; nothing else
 *   was cut off. What serves goes on, and counts it. A command of one answer ends: the answer may be the one that is missing.
 */
export class Defects {
  /** Rejected promises that nobody awaited. */
  rejections = 0;
  private readonly parts: DefectParts;

  constructor(parts: DefectParts) {
    this.parts = parts;
  }

  start(): void {
    process.on('uncaughtException', (error) => this.end(error));
    process.on('unhandledRejection', (reason) => this.rejected(reason));
  }

  private rejected(reason: unknown): void {
    this.rejections++;
    if (!this.parts.survivesRejections()) this.end(reason);
    else if (this.rejections <= stacksSaid || Number.isInteger(Math.log2(this.rejections / stacksSaid)))
      this.parts.say(
        `An operation failed unnoticed (${this.rejections} so far). Please report this: ${stackOf(reason)}`,
      );
  }

  private end(error: unknown): void {
    this.parts.say(`This is a defect of celeriac itself; please report it.\n${stackOf(error)}`);
    this.parts.end();
  }
}

/** Node's own report would quote the line, which is the whole bundle. */
const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
