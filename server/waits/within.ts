/** What work gives, or, when it takes longer than that, what `late` gives or throws. The work itself is not stopped. */
export const within = async <T, L>(work: Promise<T>, limitMs: number, late: () => L | Promise<L>): Promise<T | L> => {
  const over = Promise.withResolvers<typeof isOver>();
  const timer = setTimeout(() => over.resolve(isOver), limitMs);
  try {
    const first = await Promise.race([work, over.promise]);
    return first === isOver ? await late() : first;
  } finally {
    clearTimeout(timer);
  }
};

const isOver = Symbol('the time is over');
