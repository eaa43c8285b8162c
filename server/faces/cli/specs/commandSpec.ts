import type { RunCommand } from '../context.ts';
import type { OptionName } from '../options.ts';

/** One command as people see it. Its code is loaded only when it runs, so that the help costs nothing. */
export interface CommandSpec {
  readonly summary: string;
  /** `more` is what may follow it. */
  readonly argument?: {
    readonly name: string;
    readonly what: string;
    readonly more?: string;
    readonly isOptional?: boolean;
  };
  /** Its options beside the global ones, with what they do. */
  readonly options: Partial<Record<OptionName, string>>;
  /** Paragraphs and examples below the options. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  /** What its argument can be, each with what it does. */
  readonly choices?: { readonly title: string; readonly rows: () => readonly (readonly [string, string])[] };
  readonly load: () => Promise<RunCommand>;
}
