import type { RunCommand } from '../context.ts';
import type { OptionName } from '../options.ts';

/** One command as users see it. Its code is loaded only when it runs, which keeps --help fast. */
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
  /** The possible values of its argument, each with a description. */
  readonly choices?: { readonly title: string; readonly rows: () => readonly (readonly [string, string])[] };
  readonly load: () => Promise<RunCommand>;
}
