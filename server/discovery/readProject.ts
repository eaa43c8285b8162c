import { readFile, stat } from 'node:fs/promises';
import type { PythonParser } from '../language/pythonParser.ts';
import { readComposeFile } from './composeFile.ts';
import { readEnvFile } from './envFile.ts';
import { type FoundFile, findFiles } from './findFiles.ts';
import { readIniFile } from './iniFile.ts';
import { discoveryLimits } from './limits.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { pythonFacts } from './pythonFacts.ts';
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
  openParser: () => Promise<PythonParser>,
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
  const of = <T>(kind: FoundFile['kind'], read: (text: string) => T) =>
    texts.filter(({ at }) => at.kind === kind).map(({ at, text }) => ({ file: at.file, has: read(text) }));
  const wanted = texts.filter(({ at, text }) => at.kind === 'python' && isWorthParsing.test(text));
  const parser = wanted.length > 0 ? await openParser() : null;
  return {
    project: {
      root,
      environments: of('env', readEnvFile),
      composes: of('compose', readComposeFile),
      named: [...of('toml', readTomlFile), ...of('ini', readIniFile)],
      pythons: parser ? wanted.map(({ at, text }) => ({ file: at.file, has: parser.read(text, pythonFacts) })) : [],
      process,
    },
    filesRead: texts.length,
    leftOut: [...leftOut, ...(tooLarge.length > 0 ? [tooLargeSentence(tooLarge)] : [])],
  };
};

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
