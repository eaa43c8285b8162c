import { celeryModule } from '../launch/celeryModule.ts';
import type { CeleryConfiguration } from './toDebugpy.ts';

/**
 * What debugpy is to start: a worker or beat of an app that is named; whatever debugpy takes itself is passed on as it is.
 * Of a worker that is started here, one's own code is meant.
 */
export const debugpyLaunch = (given: CeleryConfiguration): CeleryConfiguration => {
  const celery = celeryModule(given);
  return { justMyCode: celery !== null, subProcess: true, ...given, ...celery };
};
