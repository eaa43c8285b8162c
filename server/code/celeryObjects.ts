import type { Call, ClassDefinition, Expression, FunctionDefinition } from '../python/syntax.ts';
import { type Ancestors, dottedName, walk } from '../python/walk.ts';
import type { CodeNames, Meaning } from './codeNames.ts';
import type { CodeFile } from './facts.ts';

/** An expression where it stands. */
export interface Placed<T = Expression> {
  readonly node: T;
  readonly file: CodeFile;
  readonly above: Ancestors;
}

const celeryClass = /^celery\.(?:app\.)?(?:base\.)?Celery$/;
const taskClass =
  /^celery\.(?:app\.)?(?:task\.)?Task$|^celery\.contrib\.(?:django\.task\.DjangoTask|abortable\.AbortableTask)$/;
const sharedTask = /^celery\.(?:app\.)?shared_task$/;
const oldDecorator = /^celery\.(?:task|decorators|task\.base)\.(?:periodic_)?task$|^celery\.task$/;
/** What people call an app that comes from where it cannot be seen. */
const isAppName = (name: string): boolean => /^c?app$|celery/i.test(name);
const furthest = 6;

/** Says what in the code is Celery's: apps, the decorators of tasks, classes of tasks. */
export class CeleryObjects {
  private readonly names: CodeNames;

  constructor(names: CodeNames) {
    this.names = names;
  }

  isApp({ node, file, above }: Placed): boolean {
    const meaning = this.names.meaning(node, file, above);
    if (meaning === null) return isAppName(lastPart(node));
    switch (meaning.kind) {
      case 'outside':
        return this.isOutsideApp(meaning.path);
      case 'value':
        return this.makesApp({ node: meaning.value, file: meaning.file, above: meaning.above });
      default:
        return false;
    }
  }

  private isOutsideApp(path: string): boolean {
    if (path === 'celery.current_app') return true;
    const segments = path.split('.');
    return (
      segments.length > 1 && segments[0] !== 'celery' && path.includes('celery') && isAppName(segments.at(-1) ?? '')
    );
  }

  private makesApp({ node, file, above }: Placed): boolean {
    if (node.kind === 'operation' && node.operator === '[]') {
      const [owner, key] = node.operands;
      return (
        key?.kind === 'string' && key.value === 'celery' && owner !== undefined && lastPart(owner) === 'extensions'
      );
    }
    if (node.kind !== 'call') return false;
    const meaning = this.names.meaning(node.callee, file, above);
    if (meaning?.kind === 'outside') return celeryClass.test(meaning.path) || /celery/i.test(lastPart(node.callee));
    if (meaning?.kind !== 'definition') return meaning === null && /celery/i.test(lastPart(node.callee));
    const { statement } = meaning;
    if (statement.kind === 'class') return this.derives(statement, meaning.file, celeryClass);
    return statement.kind === 'def' && (/celery/i.test(statement.name) || this.callsCelery(statement, meaning.file));
  }

  private callsCelery(statement: FunctionDefinition, file: CodeFile): boolean {
    let found = false;
    walk([statement], (node, above) => {
      if (node.kind === 'call' && celeryClass.test(this.names.calledPath(node, file, above) ?? '')) found = true;
      return !found;
    });
    return found;
  }

  isCeleryCall(call: Call, file: CodeFile, above: Ancestors): boolean {
    return celeryClass.test(this.names.calledPath(call, file, above) ?? '');
  }

  /** What makes tasks: `shared_task`, `app.task`, and what people make of them themselves. */
  taskMaker({ node, file, above }: Placed, steps = 0): 'shared' | 'app' | null {
    if (steps > furthest) return null;
    const meaning = this.names.meaning(node, file, above);
    if (meaning?.kind === 'outside') {
      if (sharedTask.test(meaning.path)) return 'shared';
      if (oldDecorator.test(meaning.path)) return 'app';
    }
    if (meaning?.kind === 'value') return this.wrappedMaker(meaning, steps);
    if (meaning?.kind === 'definition')
      return meaning.statement.kind === 'def' ? this.madeIn(meaning.statement, meaning.file, steps) : null;
    const isTask = node.kind === 'attribute' && (node.name === 'task' || node.name === 'periodic_task');
    return isTask && this.isApp({ node: node.object, file, above }) ? 'app' : null;
  }

  /** `my_task = partial(shared_task, bind=True)` */
  private wrappedMaker(
    { value, file, above }: Extract<Meaning, { kind: 'value' }>,
    steps: number,
  ): 'shared' | 'app' | null {
    if (value.kind !== 'call') return null;
    const path = this.names.calledPath(value, file, above);
    const [first] = value.args;
    if (path === 'functools.partial' && first) return this.taskMaker({ node: first.value, file, above }, steps + 1);
    return this.taskMaker({ node: value.callee, file, above }, steps + 1);
  }

  /** A decorator of the user's own, which hands on what Celery's own decorator gives. */
  private madeIn(statement: FunctionDefinition, file: CodeFile, steps: number): 'shared' | 'app' | null {
    let found: 'shared' | 'app' | null = null;
    walk(statement.body, (node, above) => {
      if (node.kind === 'call' && above.some((each) => each.kind === 'return'))
        found ??= this.taskMaker({ node: node.callee, file, above: [statement, ...above] }, steps + 1);
      return found === null;
    });
    return found;
  }

  isTaskClass(statement: ClassDefinition, file: CodeFile): boolean {
    return this.derives(statement, file, taskClass);
  }

  private derives(statement: ClassDefinition, file: CodeFile, wanted: RegExp, steps = 0): boolean {
    if (steps > furthest) return false;
    return statement.bases.some(({ value, name }) => {
      if (name !== null) return false;
      const meaning = this.names.meaning(value, file, []);
      if (meaning?.kind === 'outside' && wanted.test(meaning.path)) return true;
      if (meaning?.kind === 'definition' && meaning.statement.kind === 'class' && meaning.statement !== statement)
        return this.derives(meaning.statement, meaning.file, wanted, steps + 1);
      const isAppTask = wanted === taskClass && value.kind === 'attribute' && value.name === 'Task';
      return isAppTask && this.isApp({ node: value.object, file, above: [] });
    });
  }
}

const lastPart = (node: Expression): string =>
  dottedName(node)?.split('.').at(-1) ??
  (node.kind === 'attribute' ? node.name : node.kind === 'call' ? lastPart(node.callee) : '');
