import { namePatterns } from '../api/namePatterns.ts';
import { labelTest } from '../state/queries/language/labelTest.ts';
import type { QueryTree, Span, TextColumn } from '../state/queries/language/queryTree.ts';
import { textPattern } from '../state/queries/language/textPattern.ts';
import { fits } from './fitsFunction.ts';
import { isAmong } from './namedLabels.ts';
import type { Texts } from './readTexts.ts';
import { shown } from './shownFunction.ts';
import { type Condition, exceptionText, textCondition, timeColumns } from './textCondition.ts';

/** A query over what was kept: the same answer as over the tasks in memory. Each part is 0 or 1, never null. */
export const queryCondition = (tree: QueryTree, labels: Texts): Condition => {
  switch (tree.kind) {
    case 'all':
      return joined(tree.parts, 'AND', labels);
    case 'any':
      return joined(tree.parts, 'OR', labels);
    case 'not': {
      const { sql, values } = queryCondition(tree.part, labels);
      return { sql: `NOT ${sql}`, values };
    }
    case 'state':
      return amongLabels('state', labels, namePatterns(tree.patterns, { ignoresCase: true }));
    case 'label':
      return amongLabels(tree.column, labels, labelTest(tree.column, tree.patterns));
    case 'id':
      return idCondition(tree.pattern.toLowerCase());
    case 'word':
      return certain(textCondition(tree.text, labels));
    case 'text':
      return anyOf(tree.columns.flatMap((column) => tree.texts.map((text) => fieldCondition(column, text))));
    case 'number':
      return spanCondition(tree.column, tree.span);
    case 'time':
      return spanCondition(timeColumns[tree.column], tree.span);
    default:
      return tree satisfies never;
  }
};

const certain = ({ sql, values }: Condition): Condition => ({ sql: `IFNULL(${sql}, 0)`, values });

const joined = (parts: readonly QueryTree[], word: 'AND' | 'OR', labels: Texts): Condition => {
  const conditions = parts.map((part) => queryCondition(part, labels));
  if (conditions.length === 0) return { sql: '1', values: [] };
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(` ${word} `)})`,
    values: conditions.flatMap(({ values }) => values),
  };
};

const anyOf = (conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  values: conditions.flatMap(({ values }) => values),
});

const amongLabels = (column: string, labels: Texts, isLike: (text: string) => boolean): Condition => {
  const ids = [...labels.entries()].filter(([, text]) => isLike(text)).map(([id]) => id);
  return certain({ sql: isAmong(column, ids), values: [] });
};

const fieldCondition = (column: TextColumn, text: string): Condition => {
  const value = column === 'exception' ? exceptionText : column;
  if (text === '*') return { sql: `${value} IS NOT NULL`, values: [] };
  const pattern = textPattern(text);
  const like = `%${pattern.piece.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const isLike = (what: string): string => `${what} LIKE ? ESCAPE '\\'`;
  const sql = `${isLike(value)} AND ${isLike(shown(value))}`;
  return certain(
    pattern.fits === undefined
      ? { sql: `(${sql})`, values: [like, like] }
      : { sql: `(${sql} AND ${fits(shown(value))})`, values: [like, like, text] },
  );
};

const parts = [
  [1, 8],
  [9, 4],
  [13, 4],
  [17, 4],
  [21, 12],
];

/** An id as people read it: a UUID is kept as its bytes. */
const idText = `CASE typeof(id) WHEN 'text' THEN id ELSE lower(${parts
  .map(([from, length]) => `substr(hex(id), ${from}, ${length})`)
  .join(" || '-' || ")}) END`;

const idCondition = (pattern: string): Condition => ({
  sql: fits(idText),
  values: [pattern.includes('*') ? pattern : `${pattern}*`],
});

const spanCondition = (column: string, { from, hasFrom, to, hasTo }: Span): Condition => {
  const ends = [
    ...(Number.isFinite(from) ? [{ sql: `${column} ${hasFrom ? '>=' : '>'} ?`, values: [from] }] : []),
    ...(Number.isFinite(to) ? [{ sql: `${column} ${hasTo ? '<=' : '<'} ?`, values: [to] }] : []),
  ];
  return certain({
    sql: `(${ends.map(({ sql }) => sql).join(' AND ')})`,
    values: ends.flatMap(({ values }) => values),
  });
};
