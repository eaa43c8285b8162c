import type { Area, Parts } from '../parts.ts';
import { sendTask } from './sendTask.ts';

/** Sending tasks. */
export const startSending = (parts: Parts): Area<'sendTask'> => ({
  commands: { sendTask: (row) => sendTask(row, parts) },
  dispose: () => undefined,
});
