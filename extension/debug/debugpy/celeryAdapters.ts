import * as vscode from 'vscode';
import { findAdapterPython } from './adapterPython.ts';
import { adapterPlace } from './celeryConfiguration.ts';

/** Drives debugpy's own adapter where its extension is not installed. */
export class CeleryAdapters implements vscode.DebugAdapterDescriptorFactory {
  async createDebugAdapterDescriptor({ configuration }: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const place = adapterPlace(configuration);
    if (place.kind === 'listening') return new vscode.DebugAdapterServer(place.port, place.host);
    const [command, ...words] = place.python.length > 0 ? place.python : [await findAdapterPython()];
    return new vscode.DebugAdapterExecutable(command ?? 'python3', [...words, '-m', 'debugpy.adapter']);
  }
}
