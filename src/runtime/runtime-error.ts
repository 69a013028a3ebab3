/** A failure under the name that AWS's agent gives it (`CannotPullContainerError`, `OutOfMemoryError`, …). */
export class RuntimeError extends Error {
  override readonly name: string;
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/**
 * The engine cannot be reached, so nothing is known about what was asked: it may or may not have been done. The same call
 * may work later. Its name is that of the call which failed, as with any other `RuntimeError`.
 */
export class RuntimeUnavailableError extends RuntimeError {
  /** The call did not even reach the engine, so that nothing of it was done. */
  readonly isUnheard: boolean;
  constructor(name: string, message: string, { isUnheard = false, ...options }: UnavailableOptions = {}) {
    super(name, message, options);
    this.isUnheard = isUnheard;
  }
}

interface UnavailableOptions extends ErrorOptions {
  readonly isUnheard?: boolean;
}
