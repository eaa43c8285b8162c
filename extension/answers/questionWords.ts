import type { AnswerQuestion } from '../../server/api/answers.ts';

/** The path of a page: its last part is the label of the editor's tab. */
export const pathOf = (question: AnswerQuestion): string =>
  `/${safe(question.clusterId)}/${safe(`${nameOf(question)} · ${question.clusterId}`)}`;

const nameOf = (question: AnswerQuestion): string => {
  switch (question.kind) {
    case 'inspect': {
      const { method, destination } = question;
      return destination === null ? method : `${method} ${destination.join(', ')}`;
    }
    case 'peek':
      return question.queue;
    case 'worker':
      return question.hostname;
    case 'result':
      return `result ${question.id.slice(0, 8)}`;
    case 'audit':
      return 'audit log';
    case 'alerts':
      return 'alert history';
    default:
      return question satisfies never;
  }
};

/** A slash or backslash would turn a name into folders. */
const safe = (name: string): string => name.replaceAll(/[/\\]/g, '∕');
