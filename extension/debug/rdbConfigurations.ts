import type * as vscode from 'vscode';
import { pathMappings } from '../goToCode/pathMappings.ts';
import { askPlace } from './askPlace.ts';
import { readAttachment } from './rdb/readAttachment.ts';
import type { RdbPlaces } from './rdbPlaces.ts';

/** What a launch configuration leaves out is asked for, or taken from the settings. */
export class RdbConfigurations implements vscode.DebugConfigurationProvider {
  readonly #places: RdbPlaces;

  constructor(places: RdbPlaces) {
    this.#places = places;
  }

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (given['port'] !== undefined) return given;
    try {
      return { ...given, request: 'attach', ...(await askPlace(this.#places, { canSearch: true })) };
    } catch {
      return undefined;
    }
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const { host, port, searchPorts, pathMappings: own } = readAttachment(given);
    if (searchPorts === 0) await this.#places.remember({ host, port });
    return { ...given, host, port, pathMappings: { ...pathMappings(), ...own } };
  }
}
