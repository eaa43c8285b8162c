import { dirname, sep } from 'node:path';
import type { CeleryApp } from '../../../server/api/language.ts';

/** `celery -A` calls no functions; and the apps of tests are not what somebody means to run while there are others. */
export const startable = (apps: readonly CeleryApp[]): readonly CeleryApp[] => {
  const all = apps.filter(({ how }) => how !== 'function');
  const own = all.filter(({ isTest }) => !isTest);
  return own.length > 0 ? own : all;
};

/** The app of the file at hand, then those that share the most of its path. */
export const likeliestFirst = (apps: readonly CeleryApp[], near: string | null): readonly CeleryApp[] =>
  near === null ? apps : apps.toSorted((a, b) => nearness(b, near) - nearness(a, near));

const nearness = ({ file }: CeleryApp, near: string): number => {
  if (file === near) return Number.POSITIVE_INFINITY;
  const [here, there] = [dirname(file).split(sep), dirname(near).split(sep)];
  const differs = here.findIndex((each, index) => each !== there[index]);
  return differs < 0 ? here.length : differs;
};
