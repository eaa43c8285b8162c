import type { RowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { controlWorkers } from './controlWorkers.ts';
import { type PresetCommand, presets } from './presets.ts';
import { revokeTask } from './revokeTask.ts';

/** Commands for workers: any of them from the palette, certain ones from rows. */
export const startControlling = (from: Parts): Area<'controlWorkers' | 'revokeTask' | PresetCommand> => {
  const parts = { ...from, texts: from.answerTexts };
  const preset =
    (command: PresetCommand) =>
    (row: RowTarget): Promise<void> =>
      controlWorkers(row, parts, presets[command]);
  return {
    commands: {
      addConsumer: preset('addConsumer'),
      autoscalePool: preset('autoscalePool'),
      cancelConsumer: preset('cancelConsumer'),
      controlWorkers: (row) => controlWorkers(row, parts),
      disableEvents: preset('disableEvents'),
      enableEvents: preset('enableEvents'),
      growPool: preset('growPool'),
      restartPool: preset('restartPool'),
      revokeTask: (rows) => revokeTask(rows, parts),
      setRateLimit: preset('setRateLimit'),
      setTimeLimits: preset('setTimeLimits'),
      shrinkPool: preset('shrinkPool'),
      shutDownWorkers: preset('shutDownWorkers'),
    },
    dispose: () => undefined,
  };
};
