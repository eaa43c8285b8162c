import { CeleriacError, messageOf } from '../api/errors.ts';
import { QueryError } from '../state/queries/language/queryError.ts';
import { commands, globalOptions } from './cli/commands.ts';
import { isUsage } from './cli/connection.ts';
import type { CommandContext } from './cli/context.ts';
import { exitCode } from './cli/exitCodes.ts';
import { Interrupted, type Interruption, interruptionCode } from './cli/interruption.ts';
import { leave } from './cli/leave.ts';
import { type Invocation, parseArguments } from './cli/parseArguments.ts';
import { isReaderGone, Terminal } from './cli/terminal.ts';
import { writeReason } from './cli/writeReason.ts';
import { Defects } from './defects.ts';

/** `celeriac` on the command line: reads what was typed, runs one command, and answers with an exit code. */
const main = async (): Promise<void> => {
  const terminal = new Terminal({ out: process.stdout, err: process.stderr, environment: process.env });
  const interruption = new AbortController();
  const interrupt = (reason: 'SIGINT' | 'SIGTERM'): void => {
    if (interruption.signal.aborted) leave(reason === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted);
    interruption.abort(reason);
  };
  process.on('SIGINT', () => interrupt('SIGINT'));
  process.on('SIGTERM', () => interrupt('SIGTERM'));
  process.on('SIGHUP', () => interrupt('SIGTERM'));
  let serves = false;
  const defects = new Defects({
    say: (sentence) => terminal.say(`celeriac: ${sentence}`),
    end: () => leave(exitCode.failed),
    survivesRejections: () => serves,
  });
  defects.start();
  process.stdout.on('error', (error) => leaveReader(error, interruption));
  process.stderr.on('error', () => undefined);
  const began = ({ command }: { readonly command: string }): void => {
    serves = command === 'serve';
  };
  const code = await run(process.argv.slice(2), { terminal, interruption: interruption.signal, defects }, began);
  await terminal.flush();
  leave(terminal.outputError === null ? code : tellOutputError(terminal.outputError, terminal));
};

/** There is no use in going on; the broker is still left in order. */
const leaveReader = (error: NodeJS.ErrnoException, interruption: AbortController): void => {
  const reason: Interruption = isReaderGone(error) ? 'readerGone' : 'outputFailed';
  if (!interruption.signal.aborted) interruption.abort(reason);
};

const tellOutputError = (error: Error, terminal: Terminal): number => {
  terminal.say(`celeriac: The output could not be written: ${writeReason(error)}.`);
  return exitCode.failed;
};

const run = async (
  argv: readonly string[],
  outside: Pick<CommandContext, 'terminal' | 'interruption' | 'defects'>,
  began: (invocation: { readonly command: string }) => void,
): Promise<number> => {
  const { terminal, interruption } = outside;
  try {
    const invocation = parseArguments(argv);
    hideArguments(invocation);
    if (invocation.kind === 'version') {
      const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
      terminal.line(`celeriac ${manifest.version}`);
      return exitCode.ok;
    }
    if (invocation.kind === 'help') {
      const { helpOf } = await import('./cli/help.ts');
      for (const line of helpOf(invocation.command, terminal)) terminal.line(line);
      return exitCode.ok;
    }
    const { command, args, options } = invocation;
    began(invocation);
    const context: CommandContext = {
      ...outside,
      args,
      options,
      environment: process.env,
      input: process.stdin,
      vocabulary: { commands, globalOptions: Object.keys(globalOptions) },
    };
    const runCommand = await commands[command].load();
    return await runCommand(context);
  } catch (error) {
    return error instanceof Interrupted ? interruptionCode(interruption) : fail(error, argv, terminal);
  }
};

/** One sentence for what a person can act on. */
const fail = (error: unknown, argv: readonly string[], terminal: Terminal): number => {
  const usage = isUsage(error);
  if (!usage && !(error instanceof CeleriacError)) return tellDefect(error, terminal);
  const sentence = messageOf(error);
  // What was typed wrongly is quoted as it is; whatever else failed may quote others.
  terminal.say(`celeriac: ${usage ? sentence : terminal.outlet.sentence(sentence)}`);
  if (!usage) return exitCode.failed;
  if (error instanceof QueryError) terminal.sayAsIs(error.pointer(terminal.talkWidth));
  const word = argv.find((each) => Object.hasOwn(commands, each));
  terminal.say(`Try "celeriac ${word === undefined ? '' : `${word} `}--help".`);
  return exitCode.usage;
};

/** Our own fault: the stack helps whoever mends it. Node's own report would quote the line, which is the whole bundle. */
const tellDefect = (error: unknown, terminal: Terminal): number => {
  terminal.say(`celeriac: This is a defect of celeriac itself; please report it.`);
  terminal.say(
    terminal.outlet.redactor.traceback(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  return exitCode.failed;
};

/** Takes the broker's URL out of the list of processes, where it stood until now. */
const hideArguments = (invocation: Invocation): void => {
  if (process.platform !== 'win32')
    process.title = invocation.kind === 'run' ? `celeriac ${invocation.command}` : 'celeriac';
};

void main();
