import type { CallFit, CallParameter } from '../api/codePages.ts';
import { type Phrase, phrase, worded } from '../api/phrase.ts';
import { type GivenArguments, type Misfit, misfitOf, signatureOf } from './callSignature.ts';
import type { CodeIndex } from './codeIndex.ts';
import { textOf } from './ruleKit.ts';

const longestText = 60;

/** How a task is called, and whether this call fits; null where the code does not say. */
export const callFit = (index: CodeIndex, name: string, given: GivenArguments): CallFit | null => {
  const task = index.task(name);
  const file = task && index.file(task.file);
  const parameters = task && signatureOf(task);
  if (!task || !file || !parameters) return null;
  const isAlone = index.tasks.filter((each) => each.name === name).length === 1;
  const misfit = isAlone ? misfitOf(parameters, given) : null;
  const written = (part: { readonly start: number; readonly end: number } | null): string | null =>
    part && textOf(part, file).replaceAll(/\s+/g, ' ').slice(0, longestText);
  return {
    parameters: parameters.map(
      (each): CallParameter => ({
        name: each.name,
        kind: each.kind,
        annotation: written(each.annotation),
        default: written(each.default),
      }),
    ),
    problem: misfit && worded(misfitPhrase(misfit, task.function)),
  };
};

const misfitPhrase = (misfit: Misfit, task: string): Phrase => {
  switch (misfit.kind) {
    case 'tooMany':
      return phrase('call.tooMany', { task, most: misfit.most, n: misfit.count });
    case 'twice':
      return phrase('call.twice', { task, name: misfit.name });
    case 'unknown':
      return phrase('call.unknown', { task, name: misfit.name });
    case 'missing':
      return phrase('call.missing', { task, names: misfit.names.join(', ') });
    default:
      return misfit satisfies never;
  }
};
