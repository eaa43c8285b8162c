import { listenHandlers, listenImports } from './listenSnippet.ts';

/** Text that goes before a line, counted from 0. */
export interface Insertion {
  readonly line: number;
  readonly text: string;
}

const taskOrApp = /^\s*@[\w.]*task\b|\bCelery\(|^\s*@shared_task\b/;

/** Whether a line of a Python file is where somebody would think of debugging a worker: an app, or a task's decorator. */
export const isCeleryLine = (text: string): boolean => taskOrApp.test(text);

/** Null: the file is not one of Celery's, or has its workers listen already. */
export const insertListening = (source: string): readonly Insertion[] | null => {
  const lines = source.split(/\r?\n/);
  const isCelery = /^[ \t]*(from|import)[ \t]+celery\b/m.test(source) || lines.some(isCeleryLine);
  if (!isCelery || /listen_for_debugger|debugpy\.listen/.test(source)) return null;
  const present = new Set(lines.map((line) => line.trim()));
  const missing = listenImports.filter((line) => !present.has(line));
  const after = lastImport(lines);
  const imports = { line: after + 1, text: missing.map((line) => `${line}\n`).join('') };
  const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  const handlers = { line: end, text: `${end === lines.length ? '\n' : ''}\n\n${listenHandlers}` };
  const separated = after < 0 ? { ...imports, line: start(lines), text: `${imports.text}\n` } : imports;
  return missing.length > 0 ? [separated, handlers] : [handlers];
};

/** The last line of the imports at the head of the module; -1: it has none. */
const lastImport = (lines: readonly string[]): number => {
  let last = -1;
  for (let at = start(lines); at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^(@|def |class |async def |if )/.test(line)) break;
    if (!/^(import|from)\s/.test(line)) continue;
    if (/\([^)]*$/.test(line)) while (at < lines.length - 1 && !(lines[at] ?? '').includes(')')) at += 1;
    while ((lines[at] ?? '').endsWith('\\')) at += 1;
    last = at;
  }
  return last;
};

/** The first line behind comments and the module's docstring. */
const start = (lines: readonly string[]): number => {
  let at = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  if (at < 0) return lines.length;
  const quotes = /^[rRuU]?("""|''')/.exec(lines[at] ?? '')?.[1];
  if (quotes === undefined) return at;
  if ((lines[at] ?? '').split(quotes).length < 3) {
    at += 1;
    while (at < lines.length && !(lines[at] ?? '').includes(quotes)) at += 1;
  }
  return at + 1;
};
