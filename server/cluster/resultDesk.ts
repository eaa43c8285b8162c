import { toErrorData } from '../api/errors.ts';
import type { Redactor } from '../api/redactor.ts';
import type { TaskResult } from '../api/results.ts';
import type { BackendRecord } from '../api/taskDetail.ts';
import { shownJson } from '../detail/shownValue.ts';
import type { ResultReader } from '../results/resultReader.ts';
import { within } from '../waits/within.ts';

const answerWithinMs = 80;
const giveUpAfterMs = 5_000;
/** A page asks again within a second or two; when nobody does, the page is gone. */
const collectWithinMs = 10_000;

/**
 * Asks the result backend on behalf of pages that will not wait for it: what has not come in time is `reading`, and the
 * next question for the same task joins the one that is under way.
 */
export class ResultDesk {
  private readonly reader: ResultReader;
  private readonly redactor: Redactor;
  private readonly underWay = new Map<string, Promise<BackendRecord>>();

  constructor(reader: ResultReader, redactor: Redactor) {
    this.reader = reader;
    this.redactor = redactor;
  }

  async record(id: string): Promise<BackendRecord> {
    const asked = this.underWay.get(id) ?? this.ask(id);
    const record = await within(asked, answerWithinMs, (): BackendRecord => ({ kind: 'reading' }));
    if (record.kind !== 'reading') this.underWay.delete(id);
    return record;
  }

  private forget(id: string, asked: Promise<BackendRecord>): void {
    if (this.underWay.get(id) === asked) this.underWay.delete(id);
  }

  private ask(id: string): Promise<BackendRecord> {
    const { reader, redactor } = this;
    const asked = reader.get(id, AbortSignal.timeout(giveUpAfterMs)).then(
      (result) => recordOf(result, reader.maskedUrl, redactor),
      (error): BackendRecord => ({ kind: 'failed', sentence: toErrorData(error).sentence }),
    );
    this.underWay.set(id, asked);
    void asked.then(() => setTimeout(() => this.forget(id, asked), collectWithinMs).unref());
    return asked;
  }
}

const recordOf = (found: TaskResult, where: string, redactor: Redactor): BackendRecord => {
  if (!found.found) return { kind: 'absent', where };
  const { result, args, kwargs, children: _children, ...record } = found;
  const shown = (value: unknown) => (value === null || value === undefined ? null : shownJson(value, redactor));
  return {
    kind: 'found',
    where,
    record,
    result:
      result.kind === 'json'
        ? shownJson(result.value, redactor, result.exactText)
        : result.kind === 'exception'
          ? shownJson({ type: result.type, module: result.module, message: result.message }, redactor)
          : { text: result.sentence, tree: null, isCut: false },
    args: shown(args),
    kwargs: shown(kwargs),
  };
};
