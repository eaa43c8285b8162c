import { walk } from '../../python/walk.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { importsOf } from '../codeIndex.ts';
import type { CodeFile } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const sharedTaskAppNotImported: Rule = {
  id: 'shared-task-app-not-imported',
  severity: 'error',
  title: 'Django package does not import its Celery app',
  why: 'In the web process, @shared_task finds no app and uses the default one: tasks go to amqp://localhost, and delay() fails.',
  project: (index) => {
    const shared = index.tasks.filter(({ app }) => app === 'shared');
    if (shared.length === 0 || !isDjango(index)) return [];
    return index.files.flatMap((file) => {
      const call = appCall(file, index);
      if (
        !call ||
        !isOfProject(file) ||
        isImported(file, index) ||
        shared.every((task) => importsApp(task.file, file, index))
      )
        return [];
      const home = index.files.find(({ module, isPackage }) => isPackage && module === packageOf(file));
      const message = `Tasks are sent to amqp://localhost: ${home ? home.path : 'the package'} does not import this app, so @shared_task does not find it.`;
      return [{ file, at: call.callee, message }];
    });
  },
};

const packageOf = ({ module }: CodeFile): string => module.slice(0, Math.max(0, module.lastIndexOf('.')));

const isOfProject = (file: CodeFile): boolean => !file.isPackage && packageOf(file) !== '';

const isDjango = (index: CodeIndex): boolean =>
  index.files.some(
    (file) =>
      /(?:^|\/)manage\.py$/.test(file.path) || (file.scope.has('INSTALLED_APPS') && file.scope.has('DATABASES')),
  ) &&
  index.files.some(
    (file) =>
      importsOf(file).some((module) => module === 'django' || module.startsWith('django.')) ||
      file.scope.has('INSTALLED_APPS'),
  );

const appCall = (file: CodeFile, index: CodeIndex) => {
  let found: Extract<Parameters<Parameters<typeof walk>[1]>[0], { kind: 'call' }> | null = null;
  walk(file.syntax.body, (node, above) => {
    if (
      node.kind === 'call' &&
      above.length === 1 &&
      above[0]?.kind === 'assign' &&
      index.objects.isCeleryCall(node, file, above)
    )
      found ??= node;
    return undefined;
  });
  return found as { readonly callee: { readonly start: number; readonly end: number } } | null;
};

/** Whether a package around the module, or Django's own entry points, bring it in. */
const isImported = (file: CodeFile, index: CodeIndex): boolean =>
  index.files.some((each) => {
    if (
      !each.isPackage &&
      !/(?:^|\/)(?:wsgi|asgi|apps|settings|__init__|urls|models)\.py$|(?:^|\/)settings\//.test(each.path)
    )
      return false;
    return importsOf(each).some((module) => module === file.module || module.startsWith(`${file.module}.`));
  });

/** A module of tasks that imports the app itself finds it. */
const importsApp = (path: string, app: CodeFile, index: CodeIndex): boolean => {
  const file = index.files.find((each) => each.path === path);
  return (
    file !== undefined && importsOf(file).some((module) => module === app.module || module.startsWith(`${app.module}.`))
  );
};
