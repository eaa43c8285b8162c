/**
 * How Node runs the engine. A stream of short-lived buffers makes V8's helper threads cost more than they save: with them
 * the cost per event jumps by half whenever they are at work. `gc` gives back what starting has left behind.
 */
export const backendNodeFlags: readonly string[] = ['--single-threaded-gc', '--expose-gc'];
