import type { Container } from "../definitions/definition.ts";

/** What AWS's default for the buffer is: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const usualBuffer = "10m";

/** A container whose log driver delivers as its definition says, or else as the account setting `defaultLogDriverMode`. */
export function withLogMode(container: Container, mode: string | undefined): Container {
  const { logConfiguration: log } = container;
  if (mode === undefined || log?.logDriver !== "awslogs" || log.options?.mode !== undefined) return container;
  const buffer = mode === "non-blocking" ? { "max-buffer-size": usualBuffer } : {};
  return { ...container, logConfiguration: { ...log, options: { ...buffer, ...log.options, mode } } };
}
