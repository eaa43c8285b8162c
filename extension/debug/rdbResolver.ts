import type * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RdbPlace, SearchedPlace } from '../../server/api/rdbPlace.ts';
import { pathMappings } from '../goToCode/pathMappings.ts';
import { readAttachment } from './rdb/readAttachment.ts';
import type { RdbPlaces } from './rdbPlaces.ts';
import { type SessionTarget, targetField } from './safety/sessionTarget.ts';

export interface RdbActs {
  ask(): Promise<SearchedPlace>;
  /** Asks whether this task may be held up; answers what is known of it. */
  enter(place: RdbPlace): Promise<SessionTarget | null>;
}

/** What a launch configuration leaves out is asked for, or taken from the settings. */
export class RdbResolver implements vscode.DebugConfigurationProvider {
  readonly #places: RdbPlaces;
  readonly #acts: RdbActs;

  constructor(places: RdbPlaces, acts: RdbActs) {
    this.#places = places;
    this.#acts = acts;
  }

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (given['port'] !== undefined) return given;
    try {
      return { ...given, request: 'attach', ...(await this.#acts.ask()) };
    } catch {
      return undefined;
    }
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const { host, port, searchPorts, pathMappings: own } = readAttachment(given);
    try {
      const place = { host, port };
      const target = searchPorts === 0 ? await this.#acts.enter(place) : null;
      const worker = target?.hostname ?? null;
      if (searchPorts === 0) await this.#places.remember(place, worker);
      const learned = this.#places.mappingsOf(place, worker);
      const about = target ? { [targetField]: target } : {};
      return { ...given, host, port, pathMappings: { ...learned, ...pathMappings(), ...own }, ...about };
    } catch (error) {
      if (error instanceof CeleriacError && error.code === 'cancelled') return undefined;
      throw error;
    }
  }
}
