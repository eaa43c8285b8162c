import type { CeleryConfiguration } from './celeryConfiguration.ts';

/** What debugpy is to start. Whatever it takes itself is passed on as it is. */
export const launchConfiguration = (given: CeleryConfiguration): CeleryConfiguration => ({
  justMyCode: false,
  subProcess: true,
  ...given,
});
