import type { AnswerPage } from '../../api/answers.ts';
import type { TaskResult } from '../../api/results.ts';
import type { Shown } from '../../outlet/shown.ts';
import { resultScreen } from '../resultScreen.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

/** What the result backend holds of a task. */
export const resultPage = (place: PagePlace, result: Shown<TaskResult>): AnswerPage => ({
  ...answerText({
    title: `result ${result.id}`,
    head: headLine(place, result.found ? result.status : 'nothing found'),
    lines: result.found
      ? resultScreen(result, plainPage)
      : ['The result backend holds nothing of this task: it has not ended, ignores its result, or the id is wrong.'],
    notes: [],
    value: result.found ? result : null,
  }),
  byWorker: {},
});
