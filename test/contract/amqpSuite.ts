import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { Lab, LabLacks, type LabRabbitmq } from '../lab/lab.ts';
import { type AmqpAdmin, openAdmin } from './amqpAdmin.ts';
import { connectionTo } from './connectionTo.ts';

/** A RabbitMQ of its own for the tests of one suite. */
export interface AmqpSubject {
  readonly lab: Lab;
  readonly rabbitmq: LabRabbitmq;
  readonly admin: AmqpAdmin;
  readonly config: ConnectionConfig;
}

type Check = (title: string, body: (subject: AmqpSubject, t: TestContext) => Promise<void>) => void;

/** Tests of the AMQP adapter alone; where the machine lacks what they need, each is skipped and says so. */
export const amqpSuite = (
  title: string,
  options: Parameters<Lab['rabbitmq']>[0],
  tests: (check: Check) => void,
): void => {
  describe(title, { timeout: 180_000 }, () => {
    let subject: AmqpSubject | null = null;
    let lacks: string | null = null;
    before(async () => {
      try {
        subject = await openSubject(options);
      } catch (error) {
        if (!(error instanceof LabLacks)) throw error;
        lacks = error.message;
      }
    });
    after(async () => {
      await subject?.admin.close();
      await subject?.lab.close();
    });
    tests((name, body) => {
      it(name, async (t) => {
        if (lacks !== null) return t.skip(lacks);
        assert.ok(subject, 'the subject could not be opened');
        await body(subject, t);
      });
    });
  });
};

const openSubject = async (options: Parameters<Lab['rabbitmq']>[0]): Promise<AmqpSubject> => {
  const lab = await Lab.open();
  const rabbitmq = await lab.rabbitmq(options);
  return { lab, rabbitmq, admin: openAdmin(rabbitmq), config: connectionTo(rabbitmq) };
};
