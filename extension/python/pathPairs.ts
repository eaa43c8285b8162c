import * as v from 'valibot';

/** A folder on the worker's machine, and which one it is here. */
export interface PathPair {
  readonly remote: string;
  readonly local: string;
}

const debugpyPairs = v.array(v.object({ localRoot: v.string(), remoteRoot: v.string() }));
const byRemote = v.record(v.string(), v.string());

/** Those of a launch configuration, written as ours or as debugpy's, before those of the settings. */
export const pathPairs = (own: unknown, ofSettings: Readonly<Record<string, string>>): readonly PathPair[] => {
  const ownPairs = readPairs(own);
  const known = new Set(ownPairs.map(({ remote }) => remote));
  return [...ownPairs, ...readPairs(ofSettings).filter(({ remote }) => !known.has(remote))];
};

const readPairs = (value: unknown): readonly PathPair[] => {
  const listed = v.safeParse(debugpyPairs, value);
  if (listed.success)
    return listed.output.map(({ localRoot, remoteRoot }) => ({ remote: remoteRoot, local: localRoot }));
  const keyed = v.safeParse(byRemote, value);
  return keyed.success ? Object.entries(keyed.output).map(([remote, local]) => ({ remote, local })) : [];
};

/** As debugpy takes them. */
export const asPairs = (pairs: readonly PathPair[]) =>
  pairs.map(({ remote, local }) => ({ localRoot: local, remoteRoot: remote }));
