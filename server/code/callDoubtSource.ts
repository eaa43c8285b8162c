import { readdir } from 'node:fs/promises';
import { inWords } from '../api/phrase.ts';
import { callFit } from './callFit.ts';
import { readWorkspace } from './workspaceSource.ts';

/** A folder without any of these is no project, and may be somebody's home. */
const ofProject = /^(?:\.git|manage\.py|pyproject\.toml|requirements\S*\.txt|setup\.(?:py|cfg))$/;
const withinMs = 2_000;

/** Why the code of a project folder refuses a call; null: it fits, or the code does not say so within two seconds. */
export const callDoubt = async (
  folder: string,
  name: string,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): Promise<string | null> => {
  const names = await readdir(folder).catch(() => []);
  if (!names.some((each) => ofProject.test(each))) return null;
  const signal = AbortSignal.timeout(withinMs);
  const { index } = await readWorkspace([folder], { isStopped: () => signal.aborted });
  if (signal.aborted) return null;
  const fit = callFit(index, name, { count: args.length, names: Object.keys(kwargs) });
  return fit?.problem ? inWords(fit.problem.phrase) : null;
};
