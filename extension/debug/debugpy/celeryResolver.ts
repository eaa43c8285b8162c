import * as vscode from 'vscode';
import { report } from '../../commands/register.ts';
import { pathMappings } from '../../goToCode/pathMappings.ts';
import type { Parts } from '../../parts.ts';
import { debugpyExtension } from '../f5.ts';
import { targetField } from '../safety/sessionTarget.ts';
import type { CeleryConfiguration } from './toDebugpy.ts';

const late = () => import('../../late.ts');

/** Asks what to attach to; null: something else was chosen. */
export type AskAttach = () => Promise<CeleryConfiguration | null>;

/** Turns a configuration of the type `celery` into one of debugpy's. */
export class CeleryResolver implements vscode.DebugConfigurationProvider {
  readonly #parts: Parts;
  readonly #ask: AskAttach;

  constructor(parts: Parts, ask: AskAttach) {
    this.#parts = parts;
    this.#ask = ask;
  }

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const hasDebugpy = vscode.extensions.getExtension(debugpyExtension) !== undefined;
    try {
      const { completeLaunch, toDebugpy } = await late();
      const isAttach = given.request === 'attach';
      const whole = isAttach
        ? await this.#completeAttach(given)
        : await completeLaunch(given, folder, this.#parts, hasDebugpy);
      return whole ? { ...toDebugpy(whole, { pathMappings: pathMappings(), hasDebugpy }) } : undefined;
    } catch (error) {
      void report(error, this.#parts.log);
      return undefined;
    }
  }

  /** What it leaves out is asked for. A part of a session that runs already, and what our command made, is complete. */
  async #completeAttach(given: CeleryConfiguration): Promise<CeleryConfiguration | null> {
    const { beforeAttach, isComplete } = await late();
    if (!isComplete(given)) {
      const asked = await this.#ask();
      return asked && { ...asked, ...given, name: asked.name };
    }
    const isKnown = given['subProcessId'] !== undefined || given[targetField] !== undefined;
    if (!isKnown) await beforeAttach({ debugger: 'debugpy', cluster: null, target: null });
    return given;
  }
}
