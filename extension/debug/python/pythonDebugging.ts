import * as vscode from 'vscode';
import { CeleryAdapters } from './celeryAdapters.ts';
import { CeleryConfigurations } from './celeryConfigurations.ts';
import { followChildren } from './childSessions.ts';

/** Workers and tasks under debugpy: launch configurations of this type. */
const celeryType = 'celery';

export const startPythonDebugging = (): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(celeryType, new CeleryConfigurations()),
    vscode.debug.registerDebugAdapterDescriptorFactory(celeryType, new CeleryAdapters()),
    followChildren(celeryType),
  );
