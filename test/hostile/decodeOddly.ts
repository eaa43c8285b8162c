import { controlMethods } from '../../server/celery/controlCommands.ts';
import { decodeReply } from '../../server/celery/controlReply.ts';
import { decodeGroup } from '../../server/celery/groupMessage.ts';
import { readQueued } from '../../server/celery/readQueued.ts';
import { decodeTaskResult } from '../../server/celery/resultMessage.ts';
import { toWorkerReply } from '../../server/cluster/workerReply.ts';
import { peekColumns } from '../../server/text/peekRows.ts';
import { replyScreen } from '../../server/text/replies/replyScreen.ts';
import { resultScreen } from '../../server/text/resultScreen.ts';
import { table } from '../../server/text/table.ts';
import { below } from '../unit/state/random.ts';
import { hostileQueued, hostileReply, hostileResult } from './hostileMessages.ts';
import type { Random } from './oddValues.ts';
import type { WholeEngine } from './wholeEngine.ts';

/** A worker's answer, read and printed as that to any command. */
export const answerOddly = ({ page }: WholeEngine, random: Random): void => {
  const reply = decodeReply(hostileReply(random), random() < 0.9 ? 'ticket' : 7);
  if (!reply || !('hostname' in reply)) return;
  const answer = toWorkerReply(reply);
  JSON.stringify(answer);
  const method = controlMethods[below(random, controlMethods.length)] ?? 'ping';
  if (answer.kind === 'answered') replyScreen({ method, arguments: {} }, [answer], { ...page, now: 0 });
};

/** A message that waits, read and printed. */
export const peekOddly = ({ page }: WholeEngine, random: Random): void => {
  const message = readQueued(hostileQueued(random));
  JSON.stringify(message);
  table(peekColumns, [message], page);
};

/** A result, read and printed. */
export const readOddly = ({ page }: WholeEngine, random: Random): void => {
  const payload = hostileResult(random);
  const result = decodeTaskResult('u', payload);
  JSON.stringify(result);
  resultScreen(result, page);
  decodeGroup(payload);
};
