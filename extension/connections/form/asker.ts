import type { Answer, Position } from './runSteps.ts';

export interface TextQuestion {
  readonly position: Position;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly isPassword?: boolean;
  /** Why the text cannot be taken; null: it can. */
  readonly problemOf?: (text: string) => string | null;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

export interface ChoiceQuestion<T> {
  readonly position: Position;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that is there already. */
  readonly current?: T;
}

/** How the questions of a form reach the user. */
export interface Asker {
  text(question: TextQuestion): Promise<Answer<string>>;
  choose<T>(question: ChoiceQuestion<T>): Promise<Answer<T>>;
}
