import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A folder as it is: every name with its kind, rights and content. Equal before and after: nothing was written. */
export const tracesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const found = lstatSync(path);
      const content = found.isFile() ? hashOf(readFileSync(path)) : found.isSymbolicLink() ? readlinkSync(path) : '';
      return [name, found.mode.toString(8), found.ino, found.mtimeMs, content].join(' ');
    });

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
