import type { CelerySnapshot } from '../../state/clusterState.ts';

const chunkLength = 256 * 1024;

/**
 * The snapshot as one JSON document, a line for each worker and task: large ones are written piece by piece, and `grep`
 * finds its way.
 */
export function* snapshotJson(
  { workers, tasks, counters }: CelerySnapshot,
  jsonText: (value: object) => string,
): Generator<string> {
  yield '{"workers":{';
  yield* entries(workers, jsonText);
  yield '},"tasks":{';
  yield* entries(tasks, jsonText);
  yield `},"counters":${jsonText(counters)}}\n`;
}

function* entries(record: Readonly<Record<string, object>>, jsonText: (value: object) => string): Generator<string> {
  let chunk = '';
  let separator = '\n';
  for (const name of Object.keys(record)) {
    chunk += `${separator}${JSON.stringify(name)}:${jsonText(record[name] ?? {})}`;
    separator = ',\n';
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk === '' && separator === '\n' ? '' : `${chunk}\n`;
}
