/** A part of a text that is not shown, and what is shown in its place. */
export interface Hidden {
  readonly from: number;
  readonly to: number;
  readonly shown: string;
}

/** Looks at one place of a text, at a character that makes a secret likely. */
export type Look = (text: string, at: number) => Hidden | null;
