import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { ListeningPlace } from './attachWays.ts';

const key = 'celeriac.debugpy.workers';
const limit = 50;

const place = v.object({
  host: v.string(),
  /** Of its first process. */
  port: v.number(),
  /** Where the code of this workspace lies on its machine; empty: at the same place as here. */
  folder: v.optional(v.string()),
});
const places = v.record(v.string(), place);

export type WorkerPlaceMemory = ListeningPlace & { readonly folder?: string | undefined };

/** Where debugpy listened in each worker, and where its code lies there: for the next time. */
export class WorkerPlaces {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(clusterId: string, hostname: string): WorkerPlaceMemory | null {
    return this.#all[`${clusterId} ${hostname}`] ?? null;
  }

  async remember(clusterId: string, hostname: string, memory: WorkerPlaceMemory): Promise<void> {
    const name = `${clusterId} ${hostname}`;
    const others = Object.entries(this.#all).filter(([each]) => each !== name);
    await this.#memento.update(key, Object.fromEntries([[name, memory], ...others].slice(0, limit)));
  }

  get #all(): Readonly<Record<string, WorkerPlaceMemory>> {
    const read = v.safeParse(places, this.#memento.get(key, {}));
    return read.success ? read.output : {};
  }
}
