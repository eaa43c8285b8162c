import type { Keeper } from '../lab/keeper.ts';
import type { Lab } from '../lab/lab.ts';
import type { Publisher } from './publisher.ts';
import type { Line } from './report.ts';
import type { Stage } from './stage.ts';
import type { Subject, SubjectTarget } from './subject.ts';

/** What a benchmark is given to work with. */
export interface BenchContext {
  readonly lab: Lab;
  /** For processes that the lab has no method for; they end with the run. */
  readonly keeper: Keeper;
  /** Fewer events and rounds: for a first look, not for the record. */
  readonly quick: boolean;
  /** Where the V8 profiles of the subjects go, when they are asked for. */
  readonly profileFolder: string | null;
  /** The brokers to measure on, each started when it is first needed. */
  readonly stages: readonly (() => Promise<Stage>)[];
  /** For what does not depend on the broker. */
  readonly redis: () => Promise<Stage>;
  say(sentence: string): void;
  report(line: Line): void;
}

export interface FedSubject {
  readonly subject: Subject;
  readonly publisher: Publisher;
  close(): Promise<void>;
}

type StartSubject = (target: SubjectTarget) => Promise<Subject>;

/** Starts a subject on a place of its own, with a publisher that reaches it. */
export const startFed = async (stage: Stage, maxTasks: number, start: StartSubject): Promise<FedSubject> => {
  const place = await stage.place();
  const subject = await start({ url: place.url, maxTasks });
  const publisher = await place.publisher();
  const close = async (): Promise<void> => {
    await publisher.close();
    await subject.close();
  };
  for (let tries = 0; !(await publisher.hasListener()); tries++) {
    if (tries > 200) throw new Error(`${subject.name} does not listen to events on ${stage.name}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { subject, publisher, close };
};
