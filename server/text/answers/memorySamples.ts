import { bytes } from '../../api/figures.ts';
import { type Column, table } from '../table.ts';
import { printable } from '../wording.ts';
import { plainPage } from './answerText.ts';

interface Sample {
  readonly at: number;
  readonly byWorker: ReadonlyMap<string, string>;
}

const remembered = 12;
/** As many columns as a page is wide. */
const shown = 6;

/** The memory samples that were taken from here, so that a page shows how they go. Workers tell only the last one. */
export class MemorySamples {
  readonly #byCluster = new Map<string, Sample[]>();

  note(clusterId: string, at: number, byWorker: ReadonlyMap<string, string>): void {
    if (byWorker.size === 0) return;
    const before = this.#byCluster.get(clusterId) ?? [];
    this.#byCluster.set(clusterId, [...before, { at, byWorker }].slice(-remembered));
  }

  /** A row for each of these workers, the last sample on the right. */
  lines(clusterId: string, hostnames: readonly string[]): string[] {
    const samples = (this.#byCluster.get(clusterId) ?? []).filter(({ byWorker }) =>
      hostnames.some((name) => byWorker.has(name)),
    );
    const columns: readonly Column<string>[] = [
      { header: 'WORKER', text: printable, narrowest: 8 },
      ...samples.slice(-shown).map(
        ({ at, byWorker }): Column<string> => ({
          header: new Date(at).toTimeString().slice(0, 8),
          text: (name) => printable(byWorker.get(name) ?? ''),
          align: 'right',
        }),
      ),
      { header: 'CHANGE', text: (name) => changeOf(name, samples), align: 'right' },
    ];
    return table(columns, hostnames, plainPage);
  }
}

const changeOf = (name: string, samples: readonly Sample[]): string => {
  const sizes = samples.flatMap(({ byWorker }) => readSize(byWorker.get(name) ?? '') ?? []);
  const [first, ...others] = sizes;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return '';
  return last < first ? `-${bytes(first - last)}` : `+${bytes(last - first)}`;
};

const units: Readonly<Record<string, number>> = { b: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };

/** celery/utils/debug.py: humanbytes, five digits at most. Null: it is none. */
export const readSize = (text: string): number | null => {
  const [, number, unit = ''] = /^([\d.]+(?:e[+-]?\d+)?)([KMGT]?[bB])$/.exec(text) ?? [];
  const factor = units[unit];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
};
