import type { CeleryApp } from '../../server/api/language.ts';
import type { Parts } from '../parts.ts';

const key = 'celeriac.app';
type Memory = Pick<Parts['context']['workspaceState'], 'get' | 'update'>;

/** The app that somebody chose for this workspace; undefined: nobody did, or it is gone. */
export const meantApp = (apps: readonly CeleryApp[], memory: Memory): CeleryApp | undefined => {
  const target = memory.get<string>(key);
  return apps.find((app) => app.target === target);
};

export const rememberApp = async ({ target }: CeleryApp, memory: Memory): Promise<void> => {
  await memory.update(key, target);
};
