import * as vscode from 'vscode';
import type { CeleryApp } from '../../../server/api/language.ts';
import { requests } from '../../../server/api/requests.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';
import type { Parts } from '../../parts.ts';
import { startable } from './appChoice.ts';
import { appConfigurations, initialConfigurations, type LaunchConfiguration } from './offeredConfigurations.ts';

type Offer = (apps: readonly CeleryApp[], root: string) => readonly LaunchConfiguration[];

const allOf: Offer = (apps, root) => startable(apps).flatMap((app) => appConfigurations(app, root));

/** A launch.json made for this project, and what the Run view offers without one. */
export const startLaunchOffers = (type: string, parts: Parts): vscode.Disposable => {
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(type, offering(initialConfigurations, parts), Initial),
    vscode.debug.registerDebugConfigurationProvider(type, offering(allOf, parts), Dynamic),
  );
};

const offering = (offer: Offer, { backend, log }: Parts): vscode.DebugConfigurationProvider => ({
  provideDebugConfigurations: async (folder) => {
    const folders = folder ? [folder.uri.fsPath] : localFolders();
    const [root] = folders;
    if (!vscode.workspace.isTrusted || root === undefined) return [];
    try {
      const apps = await backend.request(requests.celeryApps, { folders });
      return offer(apps, root).map((each) => ({ ...each }));
    } catch (error) {
      log.error('The Celery apps of the workspace were not found.', error);
      return [];
    }
  },
});
