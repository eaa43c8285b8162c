import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { CeleryApp } from '../../../server/api/language.ts';
import { requests } from '../../../server/api/requests.ts';
import { meantApp } from '../../codePages/meantApp.ts';
import type { Parts } from '../../parts.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { likeliestFirst, startable } from './appChoice.ts';
import { codeFolders } from './codeFolders.ts';

/** The Celery app of this workspace that is meant. It is asked for only where there are several. */
export const chooseApp = async (
  title: string,
  near: string | null,
  { backend, context }: Parts,
): Promise<CeleryApp> => {
  const found = await backend.request(requests.celeryApps, { folders: codeFolders() });
  const apps = startable(found);
  const [first, ...others] = likeliestFirst(apps, near);
  if (!first) throw new CeleriacError('notFound', whyNone(found));
  if (others.length === 0 || first.file === near) return first;
  const meant = meantApp(apps, context.workspaceState);
  if (meant) return meant;
  return (await pickOne([first, ...others].map(shown), { title, placeHolder: t('Select a Celery app') })).app;
};

const shown = (app: CeleryApp) => ({
  label: app.target,
  description: `${vscode.workspace.asRelativePath(app.file)}:${app.line}`,
  ...(app.isDjango ? { detail: t('Django, started beside manage.py') } : {}),
  app,
});

const whyNone = (found: readonly CeleryApp[]): string => {
  const [made] = found;
  return made
    ? t(
        '{0} makes a Celery app, but "celery -A" needs one in a variable of a module. Write, for instance in a file of its own: app = {1}()',
        made.target,
        made.target.split(':').at(-1) ?? '',
      )
    : t('No Celery app was found in this workspace: no file says "app = Celery(…)". Open the folder that holds it.');
};
