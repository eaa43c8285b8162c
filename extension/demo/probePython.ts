import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Python {
  readonly command: string;
  /** `3.12`. */
  readonly version: string;
  /** Null: Celery is not installed there. */
  readonly celery: string | null;
}

const answerWithinMs = 10_000;

const question = [
  'import json, sys',
  'try:',
  '    import celery; found = celery.__version__',
  'except Exception: found = None',
  'print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "celery": found}))',
].join('\n');

/** Asks a Python what it is; null: it is none. It runs in `cwd`, so that no celery.py of a workspace is imported. */
export const probePython = async (command: string, cwd: string): Promise<Python | null> => {
  try {
    const { stdout } = await promisify(execFile)(command, ['-c', question], { cwd, timeout: answerWithinMs });
    return readAnswer(command, stdout);
  } catch {
    return null;
  }
};

export const readAnswer = (command: string, stdout: string): Python | null => {
  const answer: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (typeof answer !== 'object' || answer === null || !('version' in answer) || !('celery' in answer)) return null;
  return { command, version: String(answer.version), celery: answer.celery === null ? null : String(answer.celery) };
};

/** Workers on the filesystem broker can be inspected from Celery 5.3 on. */
export const isCeleryFit = (celery: string | null): boolean => isAtLeast(celery, 5, 3);

/** Whether pip can install such a Celery there. */
export const isPythonFit = ({ version }: Python): boolean => isAtLeast(version, 3, 9);

const isAtLeast = (version: string | null, major: number, minor: number): boolean => {
  const [ownMajor = 0, ownMinor = 0] = (version ?? '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};
