import type { WorkerReply } from '../api/control.ts';
import { type ControlReply, refusalOf } from '../celery/controlReply.ts';

export const toWorkerReply = ({ hostname, value }: ControlReply): WorkerReply => {
  const sentence = refusalOf(value);
  return sentence === null ? { kind: 'answered', hostname, value } : { kind: 'refused', hostname, sentence, value };
};
