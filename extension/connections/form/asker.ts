export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly isPassword?: boolean;
  /** Why the text cannot be accepted; null: it can. */
  readonly problemOf?: (text: string) => string | null;
  /** Why a text that is still being typed can no longer become right; left out: what `problemOf` says is shown on Enter. */
  readonly problemWhileTyping?: (text: string) => string | null;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

export interface ChoiceQuestion<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The present choice. */
  readonly current?: T;
}

/** How the questions of a form reach the user; undefined: Escape was pressed. */
export interface Asker {
  text(question: TextQuestion): Promise<string | undefined>;
  choose<T>(question: ChoiceQuestion<T>): Promise<Choice<T> | undefined>;
}
