import { readFile, stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { readComposeFile } from './composeFile.ts';
import { readEnvFile } from './envFile.ts';
import { type FoundFile, findFiles } from './findFiles.ts';
import { readIniFile } from './iniFile.ts';
import { discoveryLimits } from './limits.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { type PythonFacts, pythonFacts } from './pythonFacts.ts';
import { YamlProblem } from './readYaml.ts';
import { readTomlFile } from './tomlFile.ts';

interface Reading {
  readonly project: ProjectFiles;
  readonly filesRead: number;
  readonly leftOut: readonly string[];
}

/** Python is parsed only where one of these words stands: the settings and what they are made from. */
const isWorthParsing = /broker|celery|redis|amqp|rabbit/i;

/** Reads the files of a folder that may name a broker. Nothing is run. */
export const readProject = async (
  root: string,
  process: Readonly<Record<string, string | undefined>>,
): Promise<Reading> => {
  const { files, leftOut } = await findFiles(root);
  const texts: { readonly at: FoundFile; readonly text: string }[] = [];
  const tooLarge: string[] = [];
  let bytes = 0;
  for (const at of files) {
    const text = await textOf(at);
    if (text === null) continue;
    if (text === 'tooLarge' || bytes + text.length > discoveryLimits.bytes) {
      tooLarge.push(at.file);
      continue;
    }
    bytes += text.length;
    texts.push({ at, text });
  }
  const notRead: string[] = [];
  const cut: string[] = [];
  /** One after the other: among them, whoever else waits has a turn. */
  const of = async <T>(kind: FoundFile['kind'], read: (text: string) => T): Promise<{ file: string; has: T }[]> => {
    const found: { file: string; has: T }[] = [];
    for (const { at, text } of texts) {
      if (at.kind !== kind) continue;
      await turn();
      try {
        found.push({ file: at.file, has: read(text) });
      } catch (error) {
        if (!(error instanceof YamlProblem)) throw error;
        notRead.push(`${at.file} was not read: ${error.message}.`);
      }
    }
    return found;
  };
  const pythons: { file: string; has: PythonFacts }[] = [];
  for (const { at, text } of texts) {
    if (at.kind !== 'python' || !isWorthParsing.test(text)) continue;
    await turn();
    const has = pythonFacts(text);
    const most = discoveryLimits.valuesPerFile;
    if (has.values.length > most) cut.push(`Only the first ${most} values in ${at.file} were read.`);
    pythons.push({ file: at.file, has: { ...has, values: has.values.slice(0, most) } });
  }
  return {
    project: {
      root,
      environments: await of('env', readEnvFile),
      composes: await of('compose', readComposeFile),
      named: [...(await of('toml', readTomlFile)), ...(await of('ini', readIniFile))],
      pythons,
      process,
    },
    filesRead: texts.length - notRead.length,
    leftOut: [...leftOut, ...(tooLarge.length > 0 ? [tooLargeSentence(tooLarge)] : []), ...fewOf([...notRead, ...cut])],
  };
};

/** The first of many sentences, and how many there are. */
const fewOf = (sentences: readonly string[]): readonly string[] =>
  sentences.length <= namedFiles
    ? sentences
    : [...sentences.slice(0, namedFiles), `${sentences.length - namedFiles} more files were not read, or in part.`];

const namedFiles = 3;

/** Such as "2 large files were not read: /w/docker-compose.yml, /w/.env." */
const tooLargeSentence = (files: readonly string[]): string => {
  const named = files.slice(0, namedFiles).join(', ');
  const others = files.length > namedFiles ? ` and ${files.length - namedFiles} more` : '';
  return `${files.length} large ${files.length === 1 ? 'file was' : 'files were'} not read: ${named}${others}.`;
};

/** Null: it cannot be read, which is as good as its not being there. */
const textOf = async ({ file, kind }: FoundFile): Promise<string | 'tooLarge' | null> => {
  const most = kind === 'python' ? discoveryLimits.bytesPerFile : discoveryLimits.bytesPerSettingsFile;
  try {
    if ((await stat(file)).size > most) return 'tooLarge';
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
};
