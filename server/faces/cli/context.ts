import type { OptionValues } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Everything a command gets from outside. */
export interface CommandContext {
  readonly args: readonly string[];
  readonly options: OptionValues;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Aborted with an `Interruption` (interruption.ts) as its reason. */
  readonly interruption: AbortSignal;
  readonly input: NodeJS.ReadableStream;
  /** What can be typed, for its completion. */
  readonly vocabulary?: Vocabulary;
  /** What went wrong in this process unnoticed by its commands. */
  readonly defects: { readonly rejections: number };
}

/** Every command with its options; the commands themselves cannot look at their own list. */
export interface Vocabulary {
  readonly commands: Readonly<Record<string, { readonly options: Readonly<Partial<Record<string, string>>> }>>;
  readonly globalOptions: readonly string[];
}

/** Resolves with the exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>;
