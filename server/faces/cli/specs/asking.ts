import { signatureOf, specOf } from '../../../celery/controlCommands.ts';
import { methodsOf } from '../methods.ts';
import type { CommandSpec } from './commandSpec.ts';
import { celeryJson, destination, repliesWithin, whoAnswers, yes } from './phrases.ts';

const choicesOf = (group: 'inspect' | 'control') => ({
  title: group === 'inspect' ? 'Methods' : 'Commands',
  rows: () => methodsOf(group).map((method) => [signatureOf(method), specOf(method).help] as const),
});

/** Commands that speak to workers. */
export const asking = {
  inspect: {
    summary: 'Ask the workers',
    argument: { name: 'METHOD', what: 'what to ask the workers, such as active', more: '[ARGUMENT…]' },
    choices: choicesOf('inspect'),
    options: { destination, timeout: `${repliesWithin}; objgraph: 60` },
    notes: [whoAnswers, 'Arguments stand in the order shown, as with Celery, or anywhere as name=value.', celeryJson],
    examples: ['celeriac inspect active', 'celeriac inspect conf with_defaults=yes -d celery@web1 --json'],
    load: async () => (await import('../commands/askWorkers.ts')).runInspect,
  },
  control: {
    summary: 'Tell the workers what to do',
    argument: { name: 'COMMAND', what: 'what to tell the workers, such as pool_grow', more: '[ARGUMENT…]' },
    choices: choicesOf('control'),
    options: { destination, timeout: `${repliesWithin}; shutdown: 10`, yes },
    notes: [
      'On a terminal it asks first; elsewhere it needs --yes. Only heartbeat changes nothing and asks nobody.',
      whoAnswers,
      'Arguments stand in the order shown, as with Celery, or anywhere as name=value.',
      `${celeryJson} Nobody answers a shutdown: here a worker has answered when it has said goodbye.`,
    ],
    examples: [
      'celeriac control pool_grow 2 -d celery@web1 --yes',
      'celeriac control rate_limit emails.send 100/m --yes',
    ],
    load: async () => (await import('../commands/askWorkers.ts')).runControl,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
