import type { AnswerPage } from '../../api/answers.ts';
import type { Shown } from '../../outlet/shown.ts';
import { wrapText } from '../wrapText.ts';

interface PageParts {
  /** What follows "Celery:" in the first line, by which editors know such a page. */
  readonly title: string;
  readonly head: string;
  readonly lines: readonly string[];
  /** Whole sentences. */
  readonly notes: readonly string[];
  /** What the lines were made from, for the buttons that open and copy it; null: nothing. */
  readonly value: Shown<object> | null;
}

/** A page is as wide as an editor on a common screen, and has no colours of its own. */
export const plainPage = { width: 160, paint: (_style: unknown, text: string): string => text };

/** Sentences are read in an editor that may be half as wide. */
const sentenceWidth = 85;

/** Where and when it was asked. */
export interface PagePlace {
  readonly clusterId: string;
  readonly name: string;
  readonly now: number;
}

export const headLine = ({ name, now }: PagePlace, words: string): string =>
  `${name} · ${new Date(now).toTimeString().slice(0, 8)} · ${words}`;

export const answerText = ({ title, head, lines, notes, value }: PageParts): Pick<AnswerPage, 'text' | 'json'> => {
  const json = value === null ? null : JSON.stringify(value, null, 2);
  const sentences = notes.flatMap((note) => wrapText(note, sentenceWidth));
  const blocks = [[`Celery: ${title}`, head], lines, sentences].filter((block) => block.length > 0);
  return { text: `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`, json };
};
