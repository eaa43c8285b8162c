import { startAnswering } from './answers/answering.ts';
import { AnswerPages } from './answers/answerPages.ts';
import { AnswerTexts } from './answers/answerTexts.ts';
import { startControlling } from './control/controlling.ts';
import { startInspecting } from './inspect/inspecting.ts';
import type { Parts } from './parts.ts';
import { startQueueCommands } from './queues/queueCommands.ts';
import { startSending } from './sendTask/sending.ts';
import { startTaskCommands } from './tasks/taskCommands.ts';
import { startThreads } from './threads/threads.ts';

/** Everything that people ask of a cluster and do to it. */
export const startOperating = (parts: Parts) => {
  const pages = new AnswerPages(parts.backend);
  const texts = new AnswerTexts();
  const answering = startAnswering(parts, pages);
  const inspecting = startInspecting(parts, pages, texts);
  const controlling = startControlling(parts, texts);
  const queues = startQueueCommands(parts, pages);
  const sending = startSending(parts);
  const tasks = startTaskCommands(parts, pages);
  const threads = startThreads(parts, texts);
  pages.start();
  texts.start();
  return {
    commands: {
      ...answering.commands,
      ...inspecting.commands,
      ...controlling.commands,
      ...queues.commands,
      ...sending.commands,
      ...tasks.commands,
      ...threads.commands,
    },
    dispose: () => {
      for (const each of [threads, tasks, sending, queues, controlling, inspecting, answering, texts, pages])
        each.dispose();
    },
  };
};
