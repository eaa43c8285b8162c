import type { CommandContext, RunCommand } from '../context.ts';
import { snapshotJson } from '../snapshotJson.ts';
import { snapshotScreen } from '../snapshotScreen.ts';
import { readSource, type Source } from '../stateSource.ts';

/** Listens for a while, then prints everything it knows. */
export const runSnapshot: RunCommand = async (context) => printSnapshot(context, await readSource(context));

export const printSnapshot = async (
  { terminal, options, interruption }: CommandContext,
  { state, now, sentence, code }: Source,
): Promise<number> => {
  if (!options.json) {
    for (const line of snapshotScreen({ state, now, source: sentence }, terminal.page)) terminal.line(line);
    return code;
  }
  for (const piece of snapshotJson(state.celerySnapshot(), (value) => terminal.jsonText(value))) {
    if (interruption.reason === 'readerGone' || interruption.reason === 'outputFailed') break;
    terminal.write(piece);
    if (terminal.isBehind) await terminal.flush();
  }
  return code;
};
