import { signatureOf, specOf } from '../../../celery/controlCommands.ts';
import { methodsOf } from '../methods.ts';
import type { CommandSpec } from './commandSpec.ts';
import { celeryJson, destination, fromServer, repliesWithin, whoAnswers, yes } from './phrases.ts';

const choicesOf = (group: 'inspect' | 'control') => ({
  title: group === 'inspect' ? 'Methods' : 'Commands',
  rows: () => methodsOf(group).map((method) => [signatureOf(method), specOf(method).help] as const),
});

/** Commands that workers answer. */
export const asking = {
  inspect: {
    summary: 'Inspect workers',
    argument: { name: 'METHOD', what: 'the inspect method, such as active', more: '[ARGUMENT…]' },
    choices: choicesOf('inspect'),
    options: { destination, timeout: `${repliesWithin}; objgraph: 60`, ...fromServer },
    notes: [
      whoAnswers,
      'Pass arguments in the order shown, as with Celery, or as name=value in any position.',
      celeryJson,
    ],
    examples: ['celeriac inspect active', 'celeriac inspect conf with_defaults=yes -d celery@web1 --json'],
    load: async () => (await import('../commands/askWorkers.ts')).runInspect,
  },
  control: {
    summary: 'Control workers',
    argument: { name: 'COMMAND', what: 'the control command, such as pool_grow', more: '[ARGUMENT…]' },
    choices: choicesOf('control'),
    options: { destination, timeout: `${repliesWithin}; shutdown: 10`, yes, ...fromServer },
    notes: [
      'Asks for confirmation on a terminal; elsewhere it requires --yes. Only heartbeat, which changes nothing, runs without confirmation.',
      whoAnswers,
      'Pass arguments in the order shown, as with Celery, or as name=value in any position.',
      `${celeryJson} Workers do not reply to shutdown: a worker counts as answered once its worker-offline event arrives.`,
    ],
    examples: [
      'celeriac control pool_grow 2 -d celery@web1 --yes',
      'celeriac control rate_limit emails.send 100/m --yes',
    ],
    load: async () => (await import('../commands/askWorkers.ts')).runControl,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
