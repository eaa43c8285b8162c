import type { Area, Parts } from '../parts.ts';
import { sendTask } from './sendTask.ts';

/** Sending tasks, also from the editor of their arguments. */
export const startSending = (parts: Parts): Area<'sendCall' | 'sendTask'> => ({
  commands: {
    sendCall: ({ document }) => parts.callEditors.send(document),
    sendTask: (row) => sendTask(row, parts),
  },
  dispose: () => undefined,
});
