import type { ConnectionConfig } from '../api/model.ts';
import type { Surveyor } from './surveyor.ts';

const usualVisibilityTimeoutSeconds = 3_600;

/** As the connection says, else as the workers do, else Redis's usual one in kombu. */
export const visibilityTimeoutOf = (
  { transportOptions }: ConnectionConfig,
  { surveys }: Pick<Surveyor, 'surveys'>,
): number => {
  const own = transportOptions['visibility_timeout'];
  if (typeof own === 'number') return own;
  const told = [...surveys.values()].flatMap(({ settings }) => settings?.visibilityTimeoutSeconds ?? []);
  return told.length > 0 ? Math.min(...told) : usualVisibilityTimeoutSeconds;
};
