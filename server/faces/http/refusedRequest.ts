import type { WholeAnswer } from './answer.ts';

/** A request that is answered with a status of its own, which no error of the engine has. */
export class RefusedRequest extends Error {
  readonly answer: WholeAnswer;

  constructor(answer: WholeAnswer) {
    super('refused');
    this.name = 'RefusedRequest';
    this.answer = answer;
  }
}
