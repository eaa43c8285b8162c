import { LineBook } from './lineBook.ts';
import { StepRing } from './stepRing.ts';

export interface Usage {
  /** Of one core. */
  readonly cpuShare: number | null;
  readonly memoryBytes: number | null;
}

type Values = readonly (number | null)[];

const minuteMs = 60_000;
const slots = 1_440;
const workerLimit = 200;
/** Workers are asked about once a minute, so that now and then none falls into one. */
const holdMinutes = 2;

class UsageLine {
  readonly ring = new StepRing(minuteMs, slots);
  readonly cpu = new Float32Array(slots);
  readonly memory = new Float64Array(slots);
  lastAt = 0;
}

/** What workers say that they use up, by the minute, for a day: 23 KB each. Pure and bounded; time comes in. */
export class UsageSeries {
  private readonly lines = new LineBook(workerLimit, 60 * minuteMs, () => new UsageLine());

  note(name: string, { cpuShare, memoryBytes }: Usage, at: number): void {
    const line = this.lines.hear(name, at);
    if (!line) return;
    const slot = line.ring.claim(line.ring.stepAt(at));
    line.cpu[slot] = cpuShare ?? Number.NaN;
    line.memory[slot] = memoryBytes ?? Number.NaN;
  }

  get names(): readonly string[] {
    return this.lines.names;
  }

  /** Of each step, a number of whole minutes, the highest. */
  read(name: string, of: 'cpu' | 'memory', { from, stepSeconds, count }: UsageSteps): Values {
    const line = this.lines.get(name);
    if (!line) return new Array<number | null>(count).fill(null);
    const perStep = stepSeconds / 60;
    const first = Math.floor(from / minuteMs);
    return Array.from({ length: count }, (_, index) => {
      const minutes = Array.from({ length: perStep }, (_, each) => valueAt(line, of, first + index * perStep + each));
      const known = minutes.filter((value) => value !== null);
      return known.length === 0 ? null : Math.max(...known);
    });
  }
}

export interface UsageSteps {
  readonly from: number;
  readonly stepSeconds: number;
  readonly count: number;
}

const valueAt = (line: UsageLine, of: 'cpu' | 'memory', minute: number): number | null => {
  for (let back = 0; back < holdMinutes; back++) {
    const slot = line.ring.find(minute - back);
    if (slot < 0) continue;
    const value = line[of][slot] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }
  return null;
};
