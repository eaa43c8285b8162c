import type { CodeIndex } from '../codeIndex.ts';
import { namesInDocument } from './namesInDocument.ts';

/** A place that uses a task; `document`: a value in YAML or JSON. */
interface UsePlace {
  readonly kind: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Every place that uses a task, those in YAML and JSON included. */
export const placesOf = (index: CodeIndex, task: string): readonly UsePlace[] => [
  ...index.uses.filter((use) => use.task === task),
  ...index.documents.flatMap(({ path, syntax }) =>
    syntax.text.includes(task)
      ? namesInDocument(syntax.text)
          .filter((each) => each.task === task)
          .map(({ start, end }) => ({ kind: 'document', file: path, start, end }))
      : [],
  ),
];
