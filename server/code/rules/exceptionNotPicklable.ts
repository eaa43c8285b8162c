import type { Call, ClassDefinition, FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Look, Rule } from '../rule.ts';

const furthest = 5;

export const exceptionNotPicklable: Rule = {
  id: 'exception-not-picklable',
  severity: 'warning',
  title: 'Exception cannot be pickled',
  why: 'The prefork pool pickles exceptions to send them to the parent process. Unpickling calls the class with the arguments of super().__init__(): if they differ, this raises, and the original error is lost.',
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'class' || look.index.tasks.length === 0 || !isException(node, look)) return undefined;
    if (
      node.body.some(
        (each) => each.kind === 'def' && /^__(?:reduce|reduce_ex|getnewargs|getnewargs_ex|new)__$/.test(each.name),
      )
    )
      return undefined;
    const init = node.body.find((each): each is FunctionDefinition => each.kind === 'def' && each.name === '__init__');
    const given = init && givenToSuper(init);
    if (!init || given === null || given === undefined) return undefined;
    const own = init.parameters.slice(1);
    if (own.some(({ kind }) => kind === 'rest')) return undefined;
    const required = own.filter(
      ({ kind, default: value }) => value === null && (kind === 'regular' || kind === 'positional'),
    );
    const keywordOnly = own.filter(({ kind, default: value }) => value === null && kind === 'keyword');
    if (required.length <= given && keywordOnly.length === 0) return undefined;
    const at = { start: init.nameStart, end: init.nameStart + init.name.length };
    return [
      {
        at,
        message: `The worker cannot report this error: "${node.name}" has arguments that it does not pass to super().__init__(). Pass all of them.`,
      },
    ];
  },
};

const isException = (definition: ClassDefinition, look: Look, steps = 0): boolean =>
  steps <= furthest &&
  definition.bases.some(({ value, name }) => {
    if (name !== null) return false;
    const meaning = look.index.names.meaning(value, look.file, look.above);
    if (meaning?.kind === 'definition' && meaning.statement.kind === 'class' && meaning.statement !== definition)
      return isException(meaning.statement, { ...look, file: meaning.file, above: [] }, steps + 1);
    const bare = value.kind === 'name' ? value.id : '';
    return meaning === null || meaning.kind === 'outside'
      ? /^(?:Exception|BaseException|ValueError|RuntimeError|KeyError|TypeError|OSError|LookupError)$/.test(bare)
      : false;
  });

/** How many arguments `super().__init__` gets: none without such a call, null where that cannot be said. */
const givenToSuper = (init: FunctionDefinition): number | null => {
  const calls: Call[] = [];
  let setsArgs = false;
  walk(init.body, (node) => {
    if (node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === '__init__') calls.push(node);
    if (node.kind === 'assign')
      setsArgs ||= node.targets.some((target) => target.kind === 'attribute' && target.name === 'args');
    return undefined;
  });
  const [call] = calls;
  if (setsArgs || calls.length > 1) return null;
  // Without it, BaseException.__new__ keeps whatever the class was called with.
  if (!call) return null;
  if (call.args.some(({ unpacks }) => unpacks !== '')) return null;
  const isSuper = call.callee.kind === 'attribute' && call.callee.object.kind === 'call';
  const positionals = call.args.filter(({ name }) => name === null).length;
  return isSuper ? positionals : Math.max(0, positionals - 1);
};
