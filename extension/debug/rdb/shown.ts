import { basename } from 'node:path';
import { Source } from '@vscode/debugadapter';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { t } from '@vscode/l10n';
import { breakpointWords } from './breakpointWords.ts';
import type { AnswerTo, RdbFrame, RdbValue, Ready } from './rdbMessages.ts';
import type { SourceFinder } from './sourceFinder.ts';

/** Frames are counted from 0 by pdb; to the editor 0 is no frame. */
const frameId = (index: number): number => index + 1;
export const indexOf = (id: number | undefined): number | null => (id === undefined ? null : id - 1);

export const shownValue = ({ type, ref, indexed, written }: RdbValue) => ({
  type,
  variablesReference: ref,
  ...(indexed > 0 ? { indexedVariables: indexed } : {}),
  ...(written === null ? {} : { evaluateName: written }),
});

export const shownFrame = async (frame: RdbFrame, sources: SourceFinder): Promise<Dap.StackFrame> => {
  const { path, reference, isLibrary } = await sources.find(frame);
  const source = new Source(basename(frame.file), path ?? frame.file, reference);
  const hint = isLibrary ? { presentationHint: 'subtle' as const } : {};
  const shownSource = isLibrary ? { ...source, presentationHint: 'deemphasize' as const } : source;
  return { id: frameId(frame.index), name: frame.name, line: frame.line, column: 1, source: shownSource, ...hint };
};

/** A list is asked for in parts; of anything else the rest is only counted. */
export const shownVariables = ({ rows, left }: AnswerTo<'variables'>, isInParts: boolean): Dap.Variable[] => {
  const variables: Dap.Variable[] = rows.map((row) => ({ ...shownValue(row), name: row.name, value: row.value }));
  if (left > 0 && !isInParts) variables.push({ name: '…', value: t('{0} more', left), variablesReference: 0 });
  return variables;
};

/** As the helper takes it. "= 3", "3" and "> 2" all mean: pass by until then. */
export const wantedBreakpoint = ({ line, condition, hitCondition }: Dap.SourceBreakpoint) => ({
  line,
  ...(condition ? { condition } : {}),
  ...(hitCondition ? { ignore: Math.max(0, Number.parseInt(hitCondition.replace(/^\D+/, ''), 10) - 1 || 0) } : {}),
});

export const shownBreakpoint = (
  { line, problem, detail }: AnswerTo<'breakpoints'>[number],
  file: string,
): Dap.Breakpoint =>
  problem === null
    ? { verified: true, line }
    : { verified: false, line, message: breakpointWords(problem, file, detail) };

export const processWords = ({ process, task }: Ready): string => (task ? `${task.name} · ${process}` : process);

export const attachedWords = ({ process, python, pid, task }: Ready): string => {
  const where = t('{0}, process {1}, Python {2}', process, pid, python);
  return task ? t('Attached to {0} [{1}] in {2}.', task.name, task.id, where) : t('Attached to {0}.', where);
};
