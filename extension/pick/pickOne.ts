import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';
import { orCancelled } from './orCancelled.ts';

interface PickQuestion {
  readonly title: string;
  readonly placeHolder: string;
}

/** One step of a command that asks for several things: it stays while somebody looks something up elsewhere. */
export const pickOne = async <T extends PickItem>(items: readonly T[], question: PickQuestion): Promise<T> =>
  orCancelled(await showPick(items, { ...question, matchOnDescription: true, ignoreFocusOut: true }));
