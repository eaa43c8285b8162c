import type { Import, ImportedName } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

/** `import a.b as c, d` and `from ..a import (b as c, d)`. */
export const parseImport = (reader: TokenReader): Import => {
  const { start } = reader;
  const isFrom = reader.is('from');
  reader.at++;
  if (!isFrom) {
    const names = parseNames(reader);
    return { kind: 'import', from: null, level: 0, names, start, end: reader.lastEnd };
  }
  let level = 0;
  while (reader.is('.') || reader.is('...')) {
    level += reader.word.length;
    reader.at++;
  }
  const from = reader.is('import') ? '' : dottedName(reader);
  const names = reader.take('import') ? parseNames(reader) : [];
  return { kind: 'import', from, level, names, start, end: reader.lastEnd };
};

const parseNames = (reader: TokenReader): ImportedName[] => {
  const names: ImportedName[] = [];
  const isWrapped = reader.take('(');
  while (reader.kind === tokenKinds.name || reader.is('*')) {
    const { start } = reader;
    const name = reader.take('*') ? '*' : dottedName(reader);
    const hasAlias = reader.take('as') && reader.kind === tokenKinds.name;
    const alias = hasAlias ? reader.word : null;
    if (hasAlias) reader.at++;
    names.push({ name, alias, start, end: reader.lastEnd });
    if (!reader.take(',')) break;
  }
  if (isWrapped) reader.take(')');
  return names;
};

const dottedName = (reader: TokenReader): string => {
  let name = '';
  while (reader.kind === tokenKinds.name) {
    name += reader.word;
    reader.at++;
    if (!reader.is('.')) break;
    reader.at++;
    name += '.';
  }
  return name;
};
