import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { backendNodeFlags } from '../../server/api/backendProcess.ts';
import type { ChangeBatch } from '../../server/api/change.ts';
import type { Answer, Question, QuestionKind, Told } from './serveSubject.ts';
import type { Subject, SubjectTarget, Usage } from './subject.ts';

interface NodeSubjectOptions {
  readonly target: SubjectTarget;
  /** Where to put a V8 profile of it. */
  readonly profileFolder: string | null;
  /** The change batches it tells unasked. */
  readonly onBatch?: (batch: ChangeBatch) => void;
}

/** Starts one of the programs beside this file with the plain Node that runs us; resolves when it listens. */
export const startNodeSubject = async (
  name: string,
  program: `${string}.ts`,
  { target, profileFolder, onBatch }: NodeSubjectOptions,
): Promise<Subject> => {
  // In a session of its own, as Flower and the brokers are: Linux shares the CPU out by sessions, and the publisher is us.
  const child = fork(join(import.meta.dirname, program), [JSON.stringify(target)], {
    detached: true,
    execArgv: [
      ...backendNodeFlags,
      ...(profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]),
    ],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  const ask = (kind: QuestionKind, total = 0): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error(`${name} has ended`));
      const question: Question = { kind, total, id: ++asked };
      waiting.set(question.id, resolve);
      child.send(question);
    });
  await ready(name, child, (told) => {
    if (told.kind === 'batch') onBatch?.(told.batch);
    else if (told.kind === 'answer') waiting.get(told.id)?.(told);
  });
  return {
    name,
    counted: async () => (await ask('count')).counted,
    countTo: async (total) => (await ask('countTo', total)).counted,
    usage: async (): Promise<Usage> => ask('usage'),
    close: async () => {
      if (!child.connected) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
};

const ready = (name: string, child: ChildProcess, take: (told: Told) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (told: Told) => {
      if (told.kind === 'ready') resolve();
      else if (told.kind === 'refused') reject(new Error(told.reason));
      else take(told);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
