import { setting } from '../setting.ts';

/** How long before a task under the debugger is ended people are warned. */
export const readWarnBeforeMs = (): number => setting('debug.warnBeforeSeconds') * 1_000;
