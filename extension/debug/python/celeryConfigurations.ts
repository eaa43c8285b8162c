import * as vscode from 'vscode';
import { pathMappings } from '../../goToCode/pathMappings.ts';
import { toDebugpy } from './celeryConfiguration.ts';

/** The extension that knows debugpy best: where it is installed, sessions are its own. */
const debugpyExtension = 'ms-python.debugpy';

/** Turns a configuration of the type `celery` into one of debugpy's. */
export class CeleryConfigurations implements vscode.DebugConfigurationProvider {
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    const hasDebugpy = vscode.extensions.getExtension(debugpyExtension) !== undefined;
    return { ...toDebugpy(given, { pathMappings: pathMappings(), hasDebugpy }) };
  }
}
