/** A reporter of node:test that writes a line for each test that ended and each file that is done. */
export default async function* tally(source) {
  for await (const { type, data } of source) {
    if (type === 'test:summary' && data.file)
      yield line({ kind: 'file', file: data.file, seconds: data.duration_ms / 1000 });
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details.type === 'suite';
    const skip = data.skip === true ? 'no reason given' : data.skip || undefined;
    if (skip !== undefined) yield line({ kind: 'skipped', name: data.name, reason: skip });
    else if (type === 'test:pass') yield isSuite ? '' : line({ kind: 'passed' });
    // A suite fails with its tests; counted is what failed by itself.
    else if (data.details.error?.failureType !== 'subtestsFailed') yield line({ kind: 'failed', name: data.name });
  }
}

const line = (record) => `${JSON.stringify(record)}\n`;
