import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Node } from '@vscode/tree-sitter-wasm';
import treeSitter from '@vscode/tree-sitter-wasm';

/** A node of a Python syntax tree (tree-sitter-python's grammar); broken code has nodes, too. */
export type PythonNode = Node;

/** Reads Python without running any of it. Slow only once: the grammar takes some ten milliseconds to load. */
export class PythonParser {
  private readonly parser: treeSitter.Parser;

  private constructor(parser: treeSitter.Parser) {
    this.parser = parser;
  }

  /** `folder` holds tree-sitter.wasm and tree-sitter-python.wasm; the build puts them beside the bundles. */
  static async open(folder: string): Promise<PythonParser> {
    await treeSitter.Parser.init({ locateFile: (file) => join(folder, file) });
    const python = await treeSitter.Language.load(await readFile(join(folder, 'tree-sitter-python.wasm')));
    const parser = new treeSitter.Parser();
    parser.setLanguage(python);
    return new PythonParser(parser);
  }

  /** The tree lives only while `use` runs: it lies in memory that nobody else would give back. */
  read<T>(text: string, use: (root: PythonNode) => T): T {
    const tree = this.parser.parse(text);
    if (!tree) throw new Error('The Python parser has no language.');
    try {
      return use(tree.rootNode);
    } finally {
      tree.delete();
    }
  }
}
