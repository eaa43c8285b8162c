export const say = (sentence: string): void => console.log(`celeriac: ${sentence}`);

/** Ends a script with one sentence instead of a stack, when the sentence is all a person needs. */
export class Refusal extends Error {}

/** Runs a script's main function; a refusal is a sentence and exit code 1, anything else a bug with its stack. */
export const runScript = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Refusal ? `celeriac: ${error.message}` : error);
    process.exit(1);
  }
};
