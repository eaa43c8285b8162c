import type { AnswerPage } from '../../api/answers.ts';
import type { TaskResult } from '../../api/results.ts';
import type { Shown } from '../../outlet/shown.ts';
import { resultScreen } from '../resultScreen.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

/** What the result backend holds of a task. */
export const resultPage = (place: PagePlace, result: Shown<TaskResult>): AnswerPage => ({
  ...answerText({
    title: `Result of ${result.id}`,
    head: headLine(place, result.found ? result.status : 'no result'),
    lines: result.found
      ? resultScreen(result, plainPage)
      : ['The result backend has no result of this task: it has not finished, ignores its result, or the ID is wrong.'],
    notes: [],
    value: result.found ? result : null,
  }),
  byWorker: {},
});
