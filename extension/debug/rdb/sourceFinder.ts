import { type PathMappings, toLocal, toRemote } from '../../python/mapPath.ts';
import type { RdbFrame } from './rdbMessages.ts';

/** How this machine is asked for files. */
export interface SourceSeeker {
  exists(path: string): boolean;
  /** The one place in the workspace where a frame's file may be, and what a mapping would say for it. */
  locate(frame: RdbFrame): Promise<Located | null>;
}

export interface Located {
  readonly file: string;
  readonly mapping: { readonly remote: string; readonly local: string } | null;
}

interface Found {
  /** The file here; null: there is only the worker's own text, under the reference. */
  readonly path: string | null;
  readonly reference: number;
  readonly isLibrary: boolean;
}

/** From a worker's files to those of this machine and back. What was found by searching is remembered as a mapping. */
export class SourceFinder {
  readonly #seeker: SourceSeeker;
  readonly #remoteOnly: string[] = [];
  readonly #found = new Map<string, string | null>();
  #mappings: PathMappings;

  constructor(mappings: PathMappings, seeker: SourceSeeker) {
    this.#mappings = mappings;
    this.#seeker = seeker;
  }

  async find(frame: RdbFrame): Promise<Found> {
    const isLibrary = libraryPath.test(frame.file);
    if (!this.#found.has(frame.file)) this.#found.set(frame.file, await this.#search(frame, isLibrary));
    const path = this.#found.get(frame.file) ?? null;
    return { path, reference: path === null ? this.#referenceOf(frame.file) : 0, isLibrary };
  }

  /** What the worker calls the source of an editor. */
  remoteOf(source: { readonly path?: string; readonly sourceReference?: number }): string {
    return this.fileOf(source.sourceReference) ?? toRemote(source.path ?? '', this.#mappings);
  }

  fileOf(reference: number | undefined): string | null {
    return reference ? (this.#remoteOnly[reference - 1] ?? null) : null;
  }

  async #search(frame: RdbFrame, isLibrary: boolean): Promise<string | null> {
    const mapped = toLocal(frame.file, this.#mappings);
    if (mapped !== null && this.#seeker.exists(mapped)) return mapped;
    if (this.#seeker.exists(frame.file)) return frame.file;
    const located = isLibrary ? null : await this.#seeker.locate(frame);
    if (!located) return null;
    if (located.mapping) this.#mappings = { ...this.#mappings, [located.mapping.remote]: located.mapping.local };
    return located.file;
  }

  #referenceOf(file: string): number {
    const known = this.#remoteOnly.indexOf(file);
    return known >= 0 ? known + 1 : this.#remoteOnly.push(file);
  }
}

/** Installed packages, and Python itself. */
const libraryPath = /[\\/](site-packages|dist-packages|lib[\\/]python[\d.]+)[\\/]|^</;
