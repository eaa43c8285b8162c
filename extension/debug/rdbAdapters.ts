import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RdbPlace, SearchedPlace } from '../../server/api/rdbPlace.ts';
import { requests } from '../../server/api/requests.ts';
import { existsHere } from '../files/existsHere.ts';
import { localFolders, pathMappings } from '../goToCode/pathMappings.ts';
import type { Parts } from '../parts.ts';
import type { RdbFrame } from './rdb/rdbMessages.ts';
import type { RdbSession } from './rdb/rdbSession.ts';
import { readAttachment } from './rdb/readAttachment.ts';
import type { Located, SourceSeeker } from './rdb/sourceFinder.ts';
import type { RdbPlaces } from './rdbPlaces.ts';

/** The debug adapters of this window. They run inside the extension: there is nothing to install. */
export class RdbAdapters implements vscode.DebugAdapterDescriptorFactory, vscode.Disposable {
  readonly #helper: () => string;
  readonly #parts: Parts;
  readonly #places: RdbPlaces;
  readonly #sessions = new Set<RdbSession>();

  constructor(helper: () => string, parts: Parts, places: RdbPlaces) {
    this.#helper = helper;
    this.#parts = parts;
    this.#places = places;
  }

  async createDebugAdapterDescriptor({ configuration }: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const { RdbSession } = await import('../late.ts');
    const session = new RdbSession(this.#helper(), this.#seeker(readAttachment(configuration)));
    for (const each of this.#sessions) if (each.isOver) this.#sessions.delete(each);
    this.#sessions.add(session);
    return new vscode.DebugAdapterInlineImplementation(session);
  }

  /** No task waits for a window that closes. */
  dispose(): void {
    for (const each of this.#sessions) each.dispose();
    this.#sessions.clear();
  }

  #seeker(place: RdbPlace): SourceSeeker {
    const locate = async (frame: RdbFrame): Promise<Located | null> => {
      const located = await this.#locate(frame);
      if (located?.mapping) await this.#places.learn(place, located.mapping);
      return located;
    };
    return { exists: existsHere, locate };
  }

  /** By the end of its path, if there is but one such file in the workspace. */
  async #locate({ file, line, name }: RdbFrame): Promise<Located | null> {
    const folders = localFolders();
    if (!vscode.workspace.isTrusted || folders.length === 0) return null;
    const params = { folders, mappings: pathMappings(), file, line, function: name };
    try {
      const [place, ...others] = await this.#parts.backend.request(requests.findFrame, params);
      return place && others.length === 0 ? place : null;
    } catch (error) {
      this.#parts.log.error('A file of a task was not searched for in the workspace.', error);
      return null;
    }
  }
}

export const attachTo = async (type: string, { host, port, searchPorts }: SearchedPlace): Promise<void> => {
  const name = searchPorts ? t('rdb on {0}', host) : `rdb ${host}:${port}`;
  const configuration = { type, request: 'attach', name, host, port, ...(searchPorts ? { searchPorts } : {}) };
  const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
  // VS Code has said why: the adapter's sentence is in its dialog.
  if (!started) throw new CeleriacError('cancelled', 'The session did not start.');
};
