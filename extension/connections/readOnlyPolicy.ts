import type { ConnectionConfig } from '../../server/api/model.ts';

/** `celeriac.connection.readOnly`: which connections may not be changed unless their entry says otherwise. */
export type ReadOnlyPolicy = 'production' | 'never' | 'always';

/** `always` is for people who only watch: no entry gets round it. */
export const isReadOnly = (
  policy: ReadOnlyPolicy,
  environment: ConnectionConfig['environment'],
  wish: boolean | undefined,
): boolean => {
  if (policy === 'always') return true;
  return wish ?? (policy === 'production' && environment === 'prod');
};
