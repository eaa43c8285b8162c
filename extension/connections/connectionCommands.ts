import type { Area, Parts } from '../parts.ts';
import { addConnection, editConnection } from './editCommands.ts';
import {
  connect,
  copyMaskedUrl,
  disconnect,
  removeConnection,
  switchConnection,
  toggleReadOnly,
} from './lifeCommands.ts';
import { testConnection } from './testCommand.ts';
import { exportConnections, importConnections } from './transferCommands.ts';

type ConnectionCommand =
  | 'addConnection'
  | 'connect'
  | 'connectNow'
  | 'copyMaskedUrl'
  | 'disconnect'
  | 'editConnection'
  | 'exportConnections'
  | 'importConnections'
  | 'removeConnection'
  | 'switchConnection'
  | 'testConnection'
  | 'toggleReadOnly';

/** Adding, changing, opening and closing connections. */
export const startConnectionCommands = (parts: Parts): Area<ConnectionCommand> => ({
  commands: {
    addConnection: (found) => addConnection(found, parts),
    connect: (row) => connect(row, parts),
    connectNow: (row) => connect(row, parts),
    copyMaskedUrl: (row) => copyMaskedUrl(row, parts),
    disconnect: (row) => disconnect(row, parts),
    editConnection: (row) => editConnection(row, parts),
    exportConnections: () => exportConnections(),
    importConnections: () => importConnections(parts),
    removeConnection: (row) => removeConnection(row, parts),
    switchConnection: (row) => switchConnection(row, parts),
    testConnection: (row) => testConnection(row, parts),
    toggleReadOnly: (row) => toggleReadOnly(row, parts),
  },
  dispose: () => undefined,
});
