import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { PythonParser } from '../../../server/language/pythonParser.ts';

/** The parser with the grammar from where npm has put it. */
export const aPythonParser = (): Promise<PythonParser> =>
  PythonParser.open(dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm')));
