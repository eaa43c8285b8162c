import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Node } from '@vscode/tree-sitter-wasm';
import treeSitter from '@vscode/tree-sitter-wasm';

/** A node of a Python syntax tree (tree-sitter-python's grammar); broken code has nodes, too. */
export type PythonNode = Node;

/** Real files take a tenth of it. What is no Python at all costs the grammar the square of its length, or worse. */
const patienceMs = 2_000;

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

  /**
   * The tree lives only while `use` runs: it lies in memory that nobody else would give back. Null: the text takes too long
   * to parse, or is nested more deeply than the stack is high.
   */
  read<T>(text: string, use: (root: PythonNode) => T): T | null {
    const until = performance.now() + patienceMs;
    const tree = this.parser.parse(text, null, { progressCallback: () => performance.now() > until });
    if (!tree) {
      // Otherwise the next text would be taken for the rest of this one.
      this.parser.reset();
      return null;
    }
    try {
      return use(tree.rootNode);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    } finally {
      tree.delete();
    }
  }
}
