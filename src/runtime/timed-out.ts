import { RuntimeError } from "./runtime-error.ts";

/** The error of AWS's agent for what takes too long, such as `Could not transition to created; timed out after waiting 4m0s`. */
export function timedOut(transition: string, milliseconds: number): RuntimeError {
  const message = `Could not transition to ${transition}; timed out after waiting ${goDuration(milliseconds)}`;
  return new RuntimeError("DockerTimeoutError", message);
}

/** As Go writes a duration of whole seconds: `45s`, `5m0s`, `2h0m0s`. */
function goDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const minutePart = minutes > 0 ? `${minutes % 60}m` : "";
  return `${hours > 0 ? `${hours}h` : ""}${minutePart}${seconds % 60}s`;
}
