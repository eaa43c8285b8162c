import type { Area, Parts } from './parts.ts';

/** What keeps Celeriac itself running. */
export const startUpkeep = ({ backend, log }: Parts): Area<'restartBackend' | 'showLogs'> => ({
  commands: {
    restartBackend: () => backend.restart(),
    showLogs: async () => log.channel.show(),
  },
  dispose: () => undefined,
});
