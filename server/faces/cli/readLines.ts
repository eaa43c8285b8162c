const lineFeed = 10;

/** A line longer than this is no event, and must not fill the memory. */
const longestLine = 64 * 1024 * 1024;

/** The lines of a file of any size, without holding more than one chunk; `null` for a line too long to be read. */
export async function* readLines(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string | null> {
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const piece of chunks) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
      if (rest.length > 0 || restLength > 0) {
        yield restLength > longestLine ? null : Buffer.concat([...rest, chunk.subarray(from, to)]).toString('utf8');
        rest = [];
        restLength = 0;
      } else yield chunk.toString('utf8', from, to);
      from = to + 1;
    }
    if (from === chunk.length) continue;
    restLength += chunk.length - from;
    if (restLength > longestLine) rest = [];
    else rest.push(chunk.subarray(from));
  }
  if (restLength > 0) yield restLength > longestLine ? null : Buffer.concat(rest).toString('utf8');
}
