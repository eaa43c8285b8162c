import * as v from 'valibot';
import { testConnection } from '../../connectionTest/testConnection.ts';
import type { Area } from '../../requests/area.ts';
import { connection } from '../../requests/schemas.ts';

/** What can be asked of a connection that need not be open. */
export const connectionsArea: Area<'testConnection'> = {
  schemas: { testConnection: v.object({ connection }) },
  handlers: { testConnection: (params) => testConnection(params.connection, Date.now) },
};
