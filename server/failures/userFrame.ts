import type { PrintedFrame, TracebackSection } from './traceback.ts';

/**
 * The innermost frame of the user's own code; null when none is theirs. What the task raised comes first, then what caused
 * it; of a group its first sub-exception, for the group itself only collects.
 */
export const userFrame = (sections: readonly TracebackSection[], taskName: string | null): PrintedFrame | null => {
  const isUsers = ({ file }: PrintedFrame): boolean => isUserFile(file, taskName);
  for (const section of byWeight(sections)) {
    const frame = section.frames.findLast(isUsers);
    if (frame) return frame;
  }
  return null;
};

/** What was raised in the end: the last section that is no sub-exception. */
export const finalSection = (sections: readonly TracebackSection[]): TracebackSection | null =>
  sections.findLast(({ child }) => child === 0) ?? sections.at(-1) ?? null;

/** The sub-exceptions that are no groups themselves. */
export const leaves = (sections: readonly TracebackSection[]): readonly TracebackSection[] => {
  const final = finalSection(sections);
  if (!final?.isGroup) return [];
  const below = sections.slice(sections.indexOf(final) + 1);
  // A cause stands before the sub-exception that it caused, under the same number.
  return below.filter(({ child, isGroup }, index) => !isGroup && below[index + 1]?.child !== child);
};

const byWeight = (sections: readonly TracebackSection[]): readonly TracebackSection[] => {
  const own = sections.filter(({ child }) => child === 0).reverse();
  return [...leaves(sections), ...own, ...sections.filter(({ child }) => child !== 0)];
};

const installed = /\/(?:site|dist)-packages\//;
const standardLibrary =
  /\/lib(?:64)?\/(?:python|pypy)[\d.]*\/|\/python\d+\.zip\/|\/Python\d*\/(?:\d[\d.]*\/)?lib\/|\/Python3?\.framework\//i;
/** Celery and what comes with it, where it was not installed but lies as source. */
const machinery =
  /\/(?:celery\/(?:app|worker|concurrency|backends|utils|contrib)\/|celery\/(?:canvas|local|result|platforms)\.py|billiard\/|kombu\/|vine\/)/;

const isUserFile = (printed: string, taskName: string | null): boolean => {
  const file = printed.replaceAll('\\', '/');
  if (file.startsWith('<')) return false;
  const inPackages = installed.exec(file);
  if (inPackages) {
    // A project that was installed into its container is still the user's: it is the one that the task belongs to.
    const top = taskName?.includes('.') ? taskName.split('.', 1)[0] : undefined;
    const inside = file.slice(inPackages.index + inPackages[0].length);
    return top !== undefined && top !== 'celery' && inside.startsWith(`${top}/`);
  }
  return !standardLibrary.test(file) && !machinery.test(file);
};
