import type { ContainerSpec } from "./containers.ts";
import { RuntimeError } from "./runtime-error.ts";

/**
 * A container's health check, as the payload's `config` has it. Times are in milliseconds.
 * https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate
 */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  /** Failures in a row that make the container unhealthy. */
  readonly retries: number;
  /** Failures this long after the start do not count. */
  readonly startPeriod: number;
}

/** `undefined` where the payload has none. An image's own check is not known here. */
export function healthCheckOf({ config }: Pick<ContainerSpec, "config">): HealthCheck | undefined {
  const { Test: test, Interval, Timeout, Retries, StartPeriod } = (config?.Healthcheck ?? {}) as EngineHealthCheck;
  const [form, ...words] = test ?? [];
  if (form !== "CMD" && form !== "CMD-SHELL") return undefined;
  return {
    command: form === "CMD" ? words : ["/bin/sh", "-c", ...words],
    interval: milliseconds(Interval, 30_000),
    timeout: milliseconds(Timeout, 30_000),
    retries: Retries || 3,
    startPeriod: milliseconds(StartPeriod, 0),
  };
}

/**
 * Rejects, with `CannotCreateContainerError`, a check that has no program. Docker's Engine would take it and end with its first run, and all
 * containers with it.
 */
export function checkHealthCheck({ config }: Pick<ContainerSpec, "config">): void {
  const { Test: test = [] } = (config?.Healthcheck ?? {}) as EngineHealthCheck;
  if (test.length !== 1 || test[0] !== "CMD") return;
  throw new RuntimeError("CannotCreateContainerError", "the health check's CMD has no program");
}

interface EngineHealthCheck {
  readonly Test?: readonly string[];
  /** Nanoseconds; 0 and an absent member mean the default. */
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly Retries?: number;
  readonly StartPeriod?: number;
}

function milliseconds(nanoseconds: number | undefined, whenAbsent: number): number {
  return nanoseconds ? nanoseconds / 1e6 : whenAbsent;
}
