import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** A full garbage collection, after what waits for the next turn has had it: a WeakRef keeps its object for one turn. */
export const collectGarbage = async (): Promise<void> => {
  if (typeof collect !== 'function') throw new Error('V8 offers no garbage collection on demand');
  await delay(1);
  collect();
};
