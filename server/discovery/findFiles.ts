import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiscoveryLimits, discoveryLimits, ignoredFolders } from './limits.ts';

export type FileKind = 'env' | 'compose' | 'python' | 'toml' | 'ini';

export interface FoundFile {
  readonly file: string;
  readonly kind: FileKind;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly leftOut: readonly string[];
}

/** The files below a folder that may name a broker, the nearest first. Links are not followed. */
export const findFiles = async (root: string, limits: DiscoveryLimits = discoveryLimits): Promise<FoundFiles> => {
  const files: FoundFile[] = [];
  const leftOut: string[] = [];
  let level = [root];
  let folders = 0;
  for (let depth = 0; level.length > 0 && leftOut.length === 0; depth++) {
    if (depth > limits.depth) leftOut.push(`Folders more than ${limits.depth} levels below ${root} were not read.`);
    const next: string[] = [];
    for (const folder of depth > limits.depth ? [] : level) {
      folders += 1;
      const entries = await listed(folder);
      next.push(...entries.filter(isWorthEntering).map((each) => join(folder, each.name)));
      for (const entry of entries) {
        const kind = entry.isFile() ? kindOf(entry.name) : null;
        if (kind) files.push({ file: join(folder, entry.name), kind });
      }
      if (folders >= limits.folders || files.length >= limits.files) {
        leftOut.push(`Only the first ${folders} folders and ${files.length} files below ${root} were read.`);
        break;
      }
    }
    level = next;
  }
  return { files: files.slice(0, limits.files), leftOut };
};

/** A folder that cannot be read has no files for us. */
const listed = async (folder: string): Promise<Dirent[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  } catch {
    return [];
  }
};

const isWorthEntering = (entry: Dirent): boolean =>
  entry.isDirectory() &&
  !ignoredFolders.has(entry.name) &&
  (!entry.name.startsWith('.') ||
    entry.name === '.devcontainer' ||
    /^\.envs?$/.test(entry.name) ||
    entry.name.startsWith('.local'));

export const kindOf = (name: string): FileKind | null => {
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name) || /^docker-compose[\w.-]*\.ya?ml$/.test(name)) return 'compose';
  if (/\.(?:ya?ml|json|md|py|toml)$/.test(name) === false && isEnvironmentFile(name)) return 'env';
  if (name.endsWith('.py')) return 'python';
  if (/\.(?:cfg|ini)$/.test(name)) return 'ini';
  return name === 'pyproject.toml' || /^(?:settings|config|celery\w*)\.toml$/.test(name) ? 'toml' : null;
};

/** `.env`, `.env.local`, `dev.env`, `.django` and `.celery` in a folder of such files. */
const isEnvironmentFile = (name: string): boolean =>
  /^\.?env(?:\.|$|rc$|-)/.test(name) ||
  /\.env(?:\.[\w-]+)?$/.test(name) ||
  /^\.(?:django|celery|redis|flaskenv|rabbitmq)$/.test(name);
