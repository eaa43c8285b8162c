/** What Python's `signal` module knows on Linux; workers take the names with and without SIG. */
export const signalNames: readonly string[] = [
  'TERM',
  'KILL',
  'INT',
  'QUIT',
  'HUP',
  'USR1',
  'USR2',
  'ABRT',
  'ALRM',
  'BUS',
  'CHLD',
  'CONT',
  'FPE',
  'ILL',
  'IO',
  'PIPE',
  'PROF',
  'PWR',
  'SEGV',
  'STKFLT',
  'STOP',
  'SYS',
  'TRAP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'VTALRM',
  'WINCH',
  'XCPU',
  'XFSZ',
];

/** The signal as a worker takes it (celery/platforms.py: Signals.signum): its name in capitals, or its number. */
export const readSignal = (text: string): string | number | null => {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= 64) return number;
  const name = text.toUpperCase();
  return signalNames.includes(name.replace(/^SIG/, '')) ? name : null;
};
