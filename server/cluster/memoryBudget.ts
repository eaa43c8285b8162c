/** What there is for the process: of the machine or the container, and of V8's heap within that. */
export interface MemoryThere {
  readonly bytes: number;
  readonly heapBytes: number;
}

interface Share {
  /** Of what is left for stores. */
  readonly part: number;
  /** Of V8's heap, for what lies in it. */
  readonly heapPart?: number;
  readonly leastMb: number;
  readonly mostMb: number;
}

/** Who may hold how much. The parts are together less than the whole; what is left is for the work itself. */
const shares = {
  taskRows: { part: 0.12, leastMb: 2, mostMb: 16_384 },
  taskTexts: { part: 0.22, leastMb: 8, mostMb: 2_048 },
  longTexts: { part: 0.1, heapPart: 0.2, leastMb: 2, mostMb: 64 },
  unsavedTasks: { part: 0.06, leastMb: 2, mostMb: 256 },
  rawEvents: { part: 0.06, leastMb: 1, mostMb: 16 },
  intake: { part: 0.2, leastMb: 8, mostMb: 1_024 },
  failures: { part: 0.03, heapPart: 0.05, leastMb: 1, mostMb: 16 },
  replies: { part: 0.04, heapPart: 0.1, leastMb: 1, mostMb: 64 },
  message: { part: 0.05, leastMb: 1, mostMb: 64 },
  streams: { part: 0.05, leastMb: 1, mostMb: 64 },
} as const satisfies Readonly<Record<string, Share>>;

/** The limit in bytes of each store. */
export type MemoryBudget = Readonly<Record<keyof typeof shares, number>>;

const megabyte = 1024 * 1024;
/** Node itself, our code, and the garbage of the work. */
const ownBytes = 112 * megabyte;
const leastForStores = 24 * megabyte;

/** Divides the memory there is among the stores. */
export const divideMemory = ({ bytes, heapBytes }: MemoryThere): MemoryBudget => {
  const forStores = Math.max(leastForStores, bytes - ownBytes);
  const limitOf = ({ part, heapPart, leastMb, mostMb }: Share): number => {
    const share = Math.min(forStores * part, heapPart === undefined ? Number.POSITIVE_INFINITY : heapBytes * heapPart);
    return Math.floor(Math.min(Math.max(share, leastMb * megabyte), mostMb * megabyte));
  };
  return {
    taskRows: limitOf(shares.taskRows),
    taskTexts: limitOf(shares.taskTexts),
    longTexts: limitOf(shares.longTexts),
    unsavedTasks: limitOf(shares.unsavedTasks),
    rawEvents: limitOf(shares.rawEvents),
    intake: limitOf(shares.intake),
    failures: limitOf(shares.failures),
    replies: limitOf(shares.replies),
    message: limitOf(shares.message),
    streams: limitOf(shares.streams),
  };
};
