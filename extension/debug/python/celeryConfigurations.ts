import * as vscode from 'vscode';
import { report } from '../../commands/register.ts';
import { pathMappings } from '../../goToCode/pathMappings.ts';
import type { Parts } from '../../parts.ts';
import { completeLaunch } from '../launch/completeLaunch.ts';
import { toDebugpy } from './celeryConfiguration.ts';

/** The extension that knows debugpy best: where it is installed, sessions are its own. */
const debugpyExtension = 'ms-python.debugpy';

/** Turns a configuration of the type `celery` into one of debugpy's. */
export class CeleryConfigurations implements vscode.DebugConfigurationProvider {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const hasDebugpy = vscode.extensions.getExtension(debugpyExtension) !== undefined;
    try {
      const isAttach = given.request === 'attach';
      const whole = isAttach ? given : await completeLaunch(given, folder, this.#parts, hasDebugpy);
      return { ...toDebugpy(whole, { pathMappings: pathMappings(), hasDebugpy }) };
    } catch (error) {
      void report(error, this.#parts.log);
      return undefined;
    }
  }
}
