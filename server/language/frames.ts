import { readFile } from 'node:fs/promises';
import type { FrameParams, FramePlace } from '../api/language.ts';
import { isInFunction } from './enclosingFunction.ts';
import type { PythonFiles } from './pythonFiles.ts';
import { slashed, type TailMatch, tailMatches } from './tailMatches.ts';

type Candidate = Omit<FramePlace, 'isInFunction'>;

/** Never guessed by their ends: a library's module is not the workspace's file of the same name. */
const ofLibraries = /\/(?:site-packages|dist-packages|lib\/python\d[^/]*)\/|^<frozen|^<string>|^<stdin>/;

/** Where in the workspace a frame is: the best places, the same kind each; none when it is not in there. */
export const findFrame = async (
  params: FrameParams,
  list: (folders: readonly string[]) => Promise<PythonFiles>,
): Promise<readonly FramePlace[]> => {
  const { files } = await list(params.folders);
  const candidates = candidatesOf(params, files);
  const places = await Promise.all(candidates.map((candidate) => withFunction(candidate, params)));
  const fitting = places.filter((place) => place.isInFunction);
  return fitting.length > 0 ? fitting : places;
};

const candidatesOf = ({ file, line, mappings }: FrameParams, files: readonly string[]): readonly Candidate[] => {
  const byName = new Map(files.map((each) => [slashed(each), each]));
  const same = byName.get(slashed(file));
  if (same) return [{ file: same, line, how: 'same', mapping: null }];
  const mapped = mappedNames(slashed(file), mappings).flatMap((name) => byName.get(name) ?? []);
  if (mapped[0]) return [{ file: mapped[0], line, how: 'mapping', mapping: null }];
  if (ofLibraries.test(slashed(file))) return [];
  return tailMatches(file, files).map((match) => ({ file: match.file, line, how: 'tail', mapping: mappingOf(match) }));
};

/** The most particular mapping first. */
const mappedNames = (file: string, mappings: FrameParams['mappings']): string[] =>
  Object.entries(mappings)
    .map(([remote, local]) => ({ remote: withSlash(remote), local: withSlash(local) }))
    .filter(({ remote }) => file.startsWith(remote))
    .sort((a, b) => b.remote.length - a.remote.length)
    .map(({ remote, local }) => local + file.slice(remote.length));

const withSlash = (folder: string): string => (slashed(folder).endsWith('/') ? slashed(folder) : `${slashed(folder)}/`);

const mappingOf = ({ remote, local }: TailMatch): FramePlace['mapping'] => ({ remote, local });

const withFunction = async (candidate: Candidate, params: FrameParams): Promise<FramePlace> => {
  const text = await readFile(candidate.file, 'utf8').catch(() => '');
  return { ...candidate, isInFunction: isInFunction(text.split('\n'), params.line, params.function) };
};
