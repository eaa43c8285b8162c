import { problem, type WholeAnswer } from './answer.ts';

/** A request that is answered with a status of its own, which no error of the engine has. */
export class RefusedRequest extends Error {
  readonly answer: WholeAnswer;

  constructor(status: number, code: string, sentence: string, headers: Readonly<Record<string, string>> = {}) {
    super(sentence);
    this.name = 'RefusedRequest';
    this.answer = problem(status, code, sentence, headers);
  }
}
