import type { SdkError } from "@smithy/types";

const maximumAttempts = 3;

/** Does `work` again where it failed for a while, as AWS's SDK does. Rejects with the last error, which then tells the attempts. */
export type Retries = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * The SDK's standard mode: which errors count, the pauses, and how many retries there are for all calls together.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function standardRetries(): Retries {
  let loading: ReturnType<typeof load> | undefined;

  return async (work) => {
    let failed: SdkError;
    try {
      return await work();
    } catch (error) {
      failed = error as SdkError;
    }
    // Given up by who called: the SDK tries nothing again either.
    if (failed.name === "AbortError") throw failed;
    // With the first failure: hardly any call needs it.
    loading ??= load();
    const { strategy, isThrottlingError, isTransientError, getRetryAfterHint } = await loading;
    let token = await strategy.acquireInitialRetryToken("");
    for (let attempts = 1; ; attempts++) {
      const errorType = isThrottlingError(failed)
        ? "THROTTLING"
        : isTransientError(failed)
          ? "TRANSIENT"
          : "CLIENT_ERROR";
      const retryAfterHint = getRetryAfterHint(failed.$response);
      try {
        token = await strategy.refreshRetryTokenForRetry(token, {
          error: failed,
          errorType,
          ...(retryAfterHint && { retryAfterHint }),
        });
      } catch {
        // There is no further try for this one: what it failed with is told.
        throw Object.assign(failed, { $metadata: { ...failed.$metadata, attempts } });
      }
      try {
        const result = await work();
        strategy.recordSuccess(token);
        return result;
      } catch (error) {
        failed = error as SdkError;
      }
    }
  };
}

async function load() {
  const sdk = await import("@smithy/core/retry");
  return { ...sdk, strategy: new sdk.StandardRetryStrategy(maximumAttempts) };
}
