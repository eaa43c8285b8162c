import type { Area, Parts } from '../parts.ts';
import {
  connect,
  copyMaskedUrl,
  disconnect,
  removeConnection,
  switchConnection,
  toggleReadOnly,
} from './lifeCommands.ts';

type ConnectionCommand =
  | 'connect'
  | 'copyMaskedUrl'
  | 'disconnect'
  | 'removeConnection'
  | 'switchConnection'
  | 'toggleReadOnly';

/** Adding, changing, opening and closing connections. */
export const startConnectionCommands = (parts: Parts): Area<ConnectionCommand> => ({
  commands: {
    connect: (row) => connect(row, parts),
    copyMaskedUrl: (row) => copyMaskedUrl(row, parts),
    disconnect: (row) => disconnect(row, parts),
    removeConnection: (row) => removeConnection(row, parts),
    switchConnection: (row) => switchConnection(row, parts),
    toggleReadOnly: (row) => toggleReadOnly(row, parts),
  },
  dispose: () => undefined,
});
