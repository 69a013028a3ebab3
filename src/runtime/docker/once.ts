/** Does `work` when it is first asked for. Does it again after a failure, and after `again`. */
export function once<T>(work: () => Promise<T>): { (): Promise<T>; again(): void } {
  let result: Promise<T> | undefined;
  function again(): void {
    result = undefined;
  }
  function ask(): Promise<T> {
    result ??= work().catch((error: unknown) => {
      again();
      throw error;
    });
    return result;
  }
  return Object.assign(ask, { again });
}
