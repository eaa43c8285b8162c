import { type ControlMethod, controlMethods, isControlMethod, specOf } from '../../celery/controlCommands.ts';
import { didYouMean } from '../../text/nearest.ts';
import { quoted } from './quoted.ts';
import { UsageError } from './usageError.ts';

type Group = 'inspect' | 'control';

export const methodsOf = (group: Group): readonly ControlMethod[] =>
  controlMethods.filter((method) => specOf(method).group === group);

/** What was typed after `inspect` or `control`, or the one that was probably meant. */
export const readMethod = (group: Group, word: string): ControlMethod => {
  const isKnown = isControlMethod(word);
  if (isKnown && specOf(word).group === group) return word;
  if (isKnown) {
    const other = specOf(word).group;
    throw new UsageError(`${quoted(word)} belongs to "${other}": celeriac ${other} ${word}.`);
  }
  if (word === 'election') throw new UsageError('"election" can crash a worker, so it is never sent.');
  const methods = methodsOf(group);
  const hint = didYouMean(word, methods) || elsewhere(group, word) || ` Known commands: ${methods.join(', ')}.`;
  throw new UsageError(`Workers have no ${group} command ${quoted(word)}.${hint}`);
};

const elsewhere = (group: Group, word: string): string => {
  const other = group === 'inspect' ? 'control' : 'inspect';
  const hint = didYouMean(word, methodsOf(other));
  return hint.replace('"', `"${other} `);
};
