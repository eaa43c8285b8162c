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
  readonly steps = new Int32Array(slots).fill(-1);
  readonly cpu = new Float32Array(slots);
  readonly memory = new Float64Array(slots);
  lastAt = 0;
}

/** What workers say that they use up, by the minute, for a day: 23 KB each. Pure and bounded; time comes in. */
export class UsageSeries {
  private readonly lines = new Map<string, UsageLine>();

  note(name: string, { cpuShare, memoryBytes }: Usage, at: number): void {
    const line = this.lines.get(name) ?? this.add(name, at);
    if (!line) return;
    const minute = Math.floor(at / minuteMs);
    const slot = minute % slots;
    line.lastAt = at;
    line.steps[slot] = minute;
    line.cpu[slot] = cpuShare ?? Number.NaN;
    line.memory[slot] = memoryBytes ?? Number.NaN;
  }

  get names(): readonly string[] {
    return [...this.lines.keys()];
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

  /** Beyond the limit, the one that was not heard of for the longest time makes room, once that is an hour. */
  private add(name: string, at: number): UsageLine | null {
    if (this.lines.size >= workerLimit) {
      const [oldest] = [...this.lines].sort(([, a], [, b]) => a.lastAt - b.lastAt);
      if (!oldest || at - oldest[1].lastAt < 60 * minuteMs) return null;
      this.lines.delete(oldest[0]);
    }
    const line = new UsageLine();
    this.lines.set(name, line);
    return line;
  }
}

export interface UsageSteps {
  readonly from: number;
  readonly stepSeconds: number;
  readonly count: number;
}

const valueAt = (line: UsageLine, of: 'cpu' | 'memory', minute: number): number | null => {
  for (let back = 0; back < holdMinutes; back++) {
    const slot = (((minute - back) % slots) + slots) % slots;
    if (line.steps[slot] !== minute - back) continue;
    const value = line[of][slot] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }
  return null;
};
