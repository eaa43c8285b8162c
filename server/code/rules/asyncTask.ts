import type { Rule } from '../rule.ts';

export const asyncTask: Rule = {
  id: 'async-task',
  severity: 'error',
  title: 'Task is a coroutine',
  why: 'Workers call tasks without awaiting them: the body never runs, and the result is a coroutine, which cannot be serialized.',
  node: ({ node, index }) => {
    if (node.kind === 'def') {
      const task = node.isAsync ? index.taskOfDefinition(node) : undefined;
      const isMadeSync = task !== undefined && node.decorators.length > 1 && !node.decorators.every(isStatic);
      if (!task || isMadeSync) return undefined;
      return [found(node.nameStart, node.name)];
    }
    if (node.kind !== 'class' || !index.taskOfDefinition(node)) return undefined;
    const run = node.body.find((each) => each.kind === 'def' && each.name === 'run');
    return run?.kind === 'def' && run.isAsync && run.decorators.length === 0
      ? [found(run.nameStart, run.name)]
      : undefined;
  },
};

const isStatic = (decorator: { readonly kind: string }, at: number): boolean =>
  at === 0 || (decorator.kind === 'name' && 'id' in decorator && decorator.id === 'staticmethod');

const found = (start: number, name: string) => ({
  at: { start, end: start + name.length },
  message: `"${name}" never runs: workers do not await tasks. Use a plain function that calls asyncio.run().`,
});
