import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';

/** A Python of this machine, and what it has of what is needed. */
export interface Python {
  readonly command: string;
  /** `3.12`. */
  readonly version: string;
  /** Null: it is not installed there. */
  readonly celery: string | null;
  readonly debugpy: string | null;
}

const answerWithinMs = 10_000;

/** Looks at what is installed; imports nothing of it. */
const question = `
import importlib.util, json, sys
from importlib import metadata
def version(name):
    try: return metadata.version(name)
    except Exception: return "?" if importlib.util.find_spec(name) else None
print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "celery": version("celery"), "debugpy": version("debugpy")}))
`;

const answer = v.object({ version: v.string(), celery: v.nullable(v.string()), debugpy: v.nullable(v.string()) });

/** Asks a Python what it has; null: it is none. It runs in `cwd`, a folder that holds nothing of the workspace. */
export const probePython = async (command: string, cwd: string): Promise<Python | null> => {
  try {
    const { stdout } = await promisify(execFile)(command, ['-c', question], { cwd, timeout: answerWithinMs });
    return readAnswer(command, stdout);
  } catch {
    return null;
  }
};

export const readAnswer = (command: string, stdout: string): Python | null => {
  const read = v.safeParse(answer, JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  return read.success ? { command, ...read.output } : null;
};
