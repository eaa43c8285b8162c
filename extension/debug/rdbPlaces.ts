import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { RdbPlace } from '../../server/api/rdbPlace.ts';

const key = 'celeriac.rdb.attached';
const limit = 20;
const mappingLimit = 20;

const mappings = v.record(v.string(), v.string());
const remembered = v.object({
  host: v.string(),
  port: v.number(),
  /** Null: nobody knew whose task it was. */
  worker: v.nullable(v.string()),
  /** Where the files of its tasks were found here: folders there, and which folder each one is. */
  mappings,
});
export type RememberedPlace = v.InferOutput<typeof remembered>;

/** Where this workspace has attached before, the last first; of each worker what was learned there. */
export class RdbPlaces {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get all(): readonly RememberedPlace[] {
    const read = v.safeParse(v.array(remembered), this.#memento.get(key, []));
    return read.success ? read.output : [];
  }

  async remember(place: RdbPlace, worker: string | null): Promise<void> {
    const before = this.#at(place);
    const known = worker ?? before?.worker ?? null;
    await this.#keep({ ...place, worker: known, mappings: { ...this.mappingsOf(place, known), ...before?.mappings } });
  }

  /** What was learned of that worker, also in its other children, whose ports are others; else of that host. */
  mappingsOf({ host }: RdbPlace, worker: string | null): Readonly<Record<string, string>> {
    const alike = this.all.filter((each) => (worker === null ? each.host === host : each.worker === worker));
    return Object.assign({}, ...alike.toReversed().map((each) => each.mappings));
  }

  /** A file of a task was found in the workspace: next time it need not be searched for. */
  async learn(place: RdbPlace, { remote, local }: { readonly remote: string; readonly local: string }): Promise<void> {
    const before = this.#at(place) ?? { ...place, worker: null, mappings: {} };
    const all = Object.entries({ ...before.mappings, [remote]: local }).slice(-mappingLimit);
    await this.#keep({ ...before, mappings: Object.fromEntries(all) });
  }

  #at({ host, port }: RdbPlace): RememberedPlace | undefined {
    return this.all.find((each) => each.host === host && each.port === port);
  }

  async #keep({ host, port, worker, mappings: learned }: RememberedPlace): Promise<void> {
    const others = this.all.filter((each) => each.host !== host || each.port !== port);
    await this.#memento.update(key, [{ host, port, worker, mappings: learned }, ...others].slice(0, limit));
  }
}
