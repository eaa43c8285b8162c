import * as vscode from 'vscode';
import type { Parts } from '../../parts.ts';
import { adapterPlace } from './toDebugpy.ts';

/** Drives debugpy's own adapter where its extension is not installed. */
export class CeleryAdapters implements vscode.DebugAdapterDescriptorFactory {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async createDebugAdapterDescriptor({ configuration }: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const place = adapterPlace(configuration);
    if (place.kind === 'listening') return new vscode.DebugAdapterServer(place.port, place.host);
    const [command, ...words] = place.python.length > 0 ? place.python : [await this.#adapterPython()];
    return new vscode.DebugAdapterExecutable(command ?? 'python3', [...words, '-m', 'debugpy.adapter']);
  }

  async #adapterPython(): Promise<string> {
    return (await import('../../late.ts')).findAdapterPython(this.#parts);
  }
}
