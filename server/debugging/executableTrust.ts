/** One name on the way to a program: a folder, a link, or the program itself. */
export interface PathStep {
  readonly uid: number;
  readonly mode: number;
  readonly isLink: boolean;
  readonly isFolder: boolean;
}

interface ExecutableFacts {
  /** Whom this process runs as. */
  readonly own: number;
  /** Whose process named the program. */
  readonly owner: number;
  /** From the root on, links followed; null: the way could not be looked at. */
  readonly steps: readonly PathStep[] | null;
}

const root = 0;
const writableByAll = 0o002;
const sticky = 0o1000;

/**
 * Whether a program that a process of this machine has named may be run by us. Whoever owns the process decides what stands
 * in its command line, its environment and its folders: as root we would run it with rights that they do not have. The
 * same holds for whoever may replace the program or a folder on the way to it.
 */
export const mayExecute = ({ own, owner, steps }: ExecutableFacts): boolean => {
  if (owner !== own || steps === null || steps.length === 0) return false;
  return steps.every((step) => {
    if (step.uid !== own && step.uid !== root) return false;
    // Everybody may write a link's mode; what it lies in decides who may replace it.
    if (step.isLink || (step.mode & writableByAll) === 0) return true;
    // In a folder like /tmp everybody may add names, and only the owner of one may replace it.
    return step.isFolder && (step.mode & sticky) !== 0;
  });
};
