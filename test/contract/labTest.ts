import { it, type TestContext } from 'node:test';
import { Lab, LabLacks } from '../lab/lab.ts';

/** A test with a lab of its own; where the machine lacks something it is skipped and says what. */
export const labTest = (title: string, body: (lab: Lab, t: TestContext) => Promise<void>): void => {
  it(title, { timeout: 120_000 }, async (t) => {
    let lab: Lab | null = null;
    try {
      lab = await Lab.open();
      await body(lab, t);
    } catch (error) {
      if (!(error instanceof LabLacks)) throw error;
      t.skip(error.message);
    } finally {
      await lab?.close();
    }
  });
};
