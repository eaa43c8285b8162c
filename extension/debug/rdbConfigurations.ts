import type * as vscode from 'vscode';
import { pathMappings } from '../goToCode/pathMappings.ts';
import type { SearchedPlace } from './rdb/rdbPlace.ts';
import { readAttachment } from './rdb/readAttachment.ts';
import type { RdbPlaces } from './rdbPlaces.ts';

/** What a launch configuration leaves out is asked for, or taken from the settings. */
export class RdbConfigurations implements vscode.DebugConfigurationProvider {
  readonly #places: RdbPlaces;
  readonly #ask: () => Promise<SearchedPlace>;

  constructor(places: RdbPlaces, ask: () => Promise<SearchedPlace>) {
    this.#places = places;
    this.#ask = ask;
  }

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (given['port'] !== undefined) return given;
    try {
      return { ...given, request: 'attach', ...(await this.#ask()) };
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
