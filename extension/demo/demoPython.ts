import type { Python } from '../python/probePython.ts';

/** Workers on the filesystem broker can be inspected from Celery 5.3 on. */
export const isCeleryFit = ({ celery }: Python): boolean => isAtLeast(celery, 5, 3);

/** Whether pip can install such a Celery there. */
export const isPythonFit = ({ version }: Python): boolean => isAtLeast(version, 3, 9);

const isAtLeast = (version: string | null, major: number, minor: number): boolean => {
  const [ownMajor = 0, ownMinor = 0] = (version ?? '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};
