import type { HistoryChannel } from './historyChannel.ts';
import type { HistoryFile } from './historyFile.ts';

/** The file on this thread, where there is no other to be had: each write holds up everything else. */
export const openLocalChannel = (file: HistoryFile): HistoryChannel => ({
  call: async (method, ...args) => Reflect.apply(file[method], file, args),
  close: async () => file.close(),
});
