import type { Worker } from '../../server/api/model.ts';

/** A worker whose broker was away says goodbye when it is reached again, and is back within seconds. */
const backWithinMs = 10_000;

/** So soon after a goodbye the rows below a worker stay as they are, with what is selected there. */
export const hasJustLeft = ({ status, statusSince }: Pick<Worker, 'status' | 'statusSince'>, now: number): boolean =>
  status === 'offline' && now - statusSince < backWithinMs;
