import { walk } from '../../python/walk.ts';
import type { CodeIndex } from '../codeIndex.ts';
import type { Rule } from '../rule.ts';
import { isNone, isTestFile, pathOf, sendingCall } from '../ruleKit.ts';
import { entriesOf } from '../settingsIn.ts';

const reading = new Set(['get', 'state', 'status', 'ready', 'successful', 'failed', 'result', 'wait']);
const chords = /^celery\.(?:canvas\.)?chord$/;

export const noResultBackend: Rule = {
  id: 'no-result-backend',
  severity: 'error',
  title: 'Result used without a result backend',
  why: 'Without a result backend, results are not stored: get() raises, and the body of a chord never runs.',
  node: (look) => {
    const { node, index, file } = look;
    if (isTestFile(file) || !lacksBackend(index)) return undefined;
    const message = 'The result is not stored: this project sets no result_backend.';
    if (node.kind === 'call' && chords.test(pathOf(node.callee, look) ?? '')) return [{ at: node.callee, message }];
    if (node.kind !== 'attribute' || !reading.has(node.name)) return undefined;
    const { object } = node;
    const value = object.kind === 'name' ? index.names.meaning(object, file, look.above) : null;
    const sent = value?.kind === 'value' ? value.value : object;
    return sendingCall(sent, look) ? [{ at: { start: node.nameStart, end: node.end }, message }] : undefined;
  },
};

/** By the lineage of the index: what is typed in a function changes nothing here. */
const known = new WeakMap<object, boolean>();

const lacksBackend = (index: CodeIndex): boolean => {
  const before = known.get(index.lineage);
  if (before !== undefined) return before;
  const lacks = findOut(index);
  known.set(index.lineage, lacks);
  return lacks;
};

/** Only where everything that configures the app can be seen. */
const findOut = (index: CodeIndex): boolean => {
  const settings = index.settings.filter(({ key }) => key === 'result_backend' || key === 'CELERY_RESULT_BACKEND');
  // A name for it may have another value by the time that it is used.
  if (settings.length > 0)
    return settings.every(
      ({ value }) => isNone(value) || (value.kind === 'string' && /^disabled/.test(value.value ?? '')),
    );
  let apps = 0;
  let isUnclear = false;
  for (const file of index.files)
    walk(file.syntax.body, (node, above) => {
      if (node.kind !== 'call') return undefined;
      if (index.objects.isCeleryCall(node, file, above)) {
        apps++;
        isUnclear ||= node.args.some(
          ({ unpacks, name }) =>
            unpacks !== '' || name === 'config_source' || name === 'set_as_current' || name === 'changes',
        );
      }
      if (node.callee.kind !== 'attribute') return undefined;
      if (/^config_from_(?:object|envvar|cmdline)$/.test(node.callee.name))
        isUnclear ||= !isSeen(node.callee.name, index);
      if (
        node.callee.name === 'update' &&
        node.args.some(({ name, unpacks, value }) => unpacks !== '' || (name === null && entriesOf(value).length === 0))
      )
        isUnclear ||= /conf$/.test(node.callee.object.kind === 'attribute' ? node.callee.object.name : '');
      return undefined;
    });
  return apps > 0 && !isUnclear;
};

/** Whether what `config_from_object` names was found in the workspace. */
const isSeen = (method: string, index: CodeIndex): boolean =>
  method === 'config_from_object' && index.settings.some(({ form }) => form === 'module' || form === 'django');
