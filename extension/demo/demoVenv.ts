import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';

/** `python -m venv --clear` deletes what is in a folder, also behind a link: only an environment or nothing may be there. */
export const refuseForeignVenv = (folder: string): void => {
  if (isVenvOrNothing(folder)) return;
  throw new CeleriacError(
    'internal',
    t('{0} is not a virtual environment. Move it away, then start the demo again.', folder),
  );
};

export const removeVenv = (folder: string): void => {
  if (isVenvOrNothing(folder)) rmSync(folder, { recursive: true, force: true });
};

const isVenvOrNothing = (folder: string): boolean => {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return true;
  return found.isDirectory() && (existsSync(join(folder, 'pyvenv.cfg')) || readdirSync(folder).length === 0);
};
