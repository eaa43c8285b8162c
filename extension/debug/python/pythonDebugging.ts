import * as vscode from 'vscode';
import type { Parts } from '../../parts.ts';
import { celeryType } from '../launch/configurations.ts';
import { CeleryAdapters } from './celeryAdapters.ts';
import { CeleryConfigurations } from './celeryConfigurations.ts';
import { followChildren } from './childSessions.ts';

export const startPythonDebugging = (parts: Parts): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(celeryType, new CeleryConfigurations(parts)),
    vscode.debug.registerDebugAdapterDescriptorFactory(celeryType, new CeleryAdapters()),
    followChildren(celeryType),
  );
