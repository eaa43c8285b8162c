import type { WorkerReply } from '../../api/control.ts';
import type { ControlMethod } from '../../celery/controlCommands.ts';
import { wordOf } from '../../celery/wordOf.ts';

/** What an answer leaves unsaid: which package is missing where, where a picture went, what asking has changed. */
export const inspectHints = (
  method: ControlMethod,
  replies: readonly WorkerReply[],
  pictures: readonly Picture[],
): string[] => {
  switch (method) {
    case 'memsample':
      return missing('psutil', replies, (reply) => reply.kind === 'answered' && wordOf(reply.value) === '');
    case 'memdump':
      return dumpHints(replies);
    case 'objgraph':
      return [
        ...missing('objgraph', replies, (reply) => reply.kind === 'refused' && reply.sentence.includes('objgraph')),
        ...pictures.map(whereIsIt),
      ];
    default:
      return [];
  }
};

const dumpHints = (replies: readonly WorkerReply[]): string[] => {
  const lacks = (reply: WorkerReply): boolean =>
    reply.kind === 'answered' && wordOf(reply.value).includes('psutil not installed');
  const told = replies.some((reply) => reply.kind === 'answered' && !lacks(reply));
  const emptied = 'A worker discards its samples after it has reported them. "memsample" takes new ones.';
  return [...missing('psutil', replies, lacks), ...(told ? [emptied] : [])];
};

const missing = (parcel: string, replies: readonly WorkerReply[], lacks: (reply: WorkerReply) => boolean): string[] => {
  const names = replies.filter(lacks).map(({ hostname }) => hostname);
  if (names.length === 0) return [];
  return [
    `${names.join(', ')} cannot report this without ${parcel}. Run pip install ${parcel} there and restart the worker.`,
  ];
};

/** A picture that a worker drew; `size` is null where the file is not on this machine. */
export interface Picture {
  readonly hostname: string;
  readonly file: string;
  readonly size: number | null;
}

const whereIsIt = ({ hostname, file, size }: Picture): string => {
  if (size === null) return `The picture of ${hostname} is on the machine of that worker: ${file}`;
  if (size > 0) return `The picture of ${hostname} is on this machine: ${file}`;
  return `The picture of ${hostname} is empty: objgraph requires the program "dot" of Graphviz, which is not installed there.`;
};
