import type * as vscode from 'vscode';
import { type RdbPlace, readPlace } from './rdb/rdbPlace.ts';

const key = 'celeriac.rdb.places';
const limit = 5;

/** Where this workspace has attached before, the last first. */
export class RdbPlaces {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get all(): readonly RdbPlace[] {
    return this.#memento.get<readonly string[]>(key, []).flatMap((each) => readPlace(each) ?? []);
  }

  async remember({ host, port }: RdbPlace): Promise<void> {
    const name = `${host}:${port}`;
    const others = this.#memento.get<readonly string[]>(key, []).filter((each) => each !== name);
    await this.#memento.update(key, [name, ...others].slice(0, limit));
  }
}
