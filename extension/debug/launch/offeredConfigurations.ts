import { relative, sep } from 'node:path';
import { t } from '@vscode/l10n';
import type { CeleryApp } from '../../../server/api/language.ts';
import { startable } from './appChoice.ts';

/** A launch configuration as it stands in launch.json. */
export interface LaunchConfiguration {
  readonly type: string;
  readonly request: string;
  readonly name: string;
  readonly [key: string]: unknown;
}

export const celeryType = 'celery';

const variable = '${workspaceFolder}';

/** A folder as a launch configuration names it, wherever the project lies. */
export const folderWords = (folder: string, workspaceFolder: string): string => {
  const below = relative(workspaceFolder, folder);
  if (below === '') return variable;
  return below.startsWith('..') ? folder : `${variable}/${below.replaceAll(sep, '/')}`;
};

const whatOf = ({ target }: CeleryApp, workspaceFolder: string, folder: string) => ({
  app: target,
  cwd: folderWords(folder, workspaceFolder),
});

/** The ways to start an app under the debugger, the likeliest first. */
export const appConfigurations = (app: CeleryApp, workspaceFolder: string): readonly LaunchConfiguration[] => {
  const launch = { type: celeryType, request: 'launch' };
  const what = whatOf(app, workspaceFolder, app.folder);
  return [
    { ...launch, name: t('Celery: worker of {0} (solo)', app.target), ...what, pool: 'solo', restartOnSave: true },
    { ...launch, name: t('Celery: worker of {0} (prefork)', app.target), ...what, pool: 'prefork', concurrency: 2 },
    { ...launch, name: t('Celery: beat of {0}', app.target), ...what, command: 'beat' },
  ];
};

/** For a launch.json that is made for this project. */
export const initialConfigurations = (
  apps: readonly CeleryApp[],
  workspaceFolder: string,
): readonly LaunchConfiguration[] =>
  startable(apps)
    .slice(0, mostNamed)
    .flatMap((app) => appConfigurations(app, workspaceFolder).slice(0, 2));

const mostNamed = 3;
