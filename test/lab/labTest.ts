import { type TestContext, test } from 'node:test';
import { LabLacks } from './labLacks.ts';

/** A test that is skipped, with its reason, where the machine lacks what the lab needs for it. */
export const labTest = (name: string, body: (context: TestContext) => Promise<void>): void => {
  void test(name, async (context) => {
    try {
      await body(context);
    } catch (error) {
      if (!(error instanceof LabLacks)) throw error;
      context.skip(error.message);
    }
  });
};
