import { messageOf } from '../api/errors.ts';
/** Why a file was not read. `reason` completes "The file … cannot be read: ". */
export class NotReadable extends Error {
  readonly reason: string;
  /** ENOENT and the like; null: the file was opened, and is not what may be read. */
  readonly code: string | null;

  constructor(reason: string, code: string | null = null, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotReadable';
    this.reason = reason;
    this.code = code;
  }

  static from(error: unknown): NotReadable {
    if (error instanceof NotReadable) return error;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    const reason = (code === null ? undefined : reasons[code]) ?? messageOf(error);
    return new NotReadable(reason, code, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'file not found',
  ENOTDIR: 'file not found',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links form a loop',
  ENXIO: 'it is not a regular file',
  ENAMETOOLONG: 'its name is too long',
};
