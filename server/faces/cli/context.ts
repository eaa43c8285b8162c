import type { OptionValues } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Why a command is to end before its time. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'readerGone';

/** Everything a command gets from outside. */
export interface CommandContext {
  readonly args: readonly string[];
  readonly options: OptionValues;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Aborted with an `Interruption` as its reason. */
  readonly interruption: AbortSignal;
  readonly input: NodeJS.ReadableStream;
}

/** Resolves with the exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>;
