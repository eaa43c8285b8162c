import { beatCommands } from '../beatCommands.ts';
import type { CodeFile } from '../facts.ts';
import type { Found, Rule } from '../rule.ts';
import { settingOf, textOf } from '../ruleKit.ts';

const message =
  'Every scheduled task runs more than once: this is a second beat for the same schedule. Run only one beat, or use RedBeat, which takes a lock.';

export const beatTwice: Rule = {
  id: 'beat-twice',
  severity: 'warning',
  title: 'Multiple beats for one schedule',
  why: 'Each beat sends every scheduled task: with two beats, or several copies of a worker with -B, everything runs twice.',
  project: (index) => {
    const scheduler = settingOf(index, 'beat_scheduler', 'CELERYBEAT_SCHEDULER');
    if (scheduler && /redbeat/i.test(textOf(scheduler.value, scheduler.file))) return [];
    return index.documents.flatMap(secondBeats);
  },
};

/** One file is one deployment; a beat in each of two files may be for two machines. */
const secondBeats = (file: CodeFile): (Found & { readonly file: CodeFile })[] => {
  const seen = new Set<string>();
  return beatCommands(file.path, file.syntax.text).flatMap(({ app, copies, start, end }) => {
    const isSecond = seen.has(app) || copies > 1;
    seen.add(app);
    return isSecond && copies > 0 ? [{ file, at: { start, end }, message }] : [];
  });
};
