import { constants } from "node:os";
import type { ContainerSpec } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

/** Label whose value, a JSON array of strings, is run in place of the container's entry point and command. */
const commandLabel = "sealift.process.command";

/** The program and its arguments. Rejects with `CannotCreateContainerError` if the container does not say. */
export function commandOf(spec: ContainerSpec): readonly [string, ...string[]] {
  const label = spec.labels[commandLabel];
  const words = label === undefined ? [...(spec.entryPoint ?? []), ...(spec.command ?? [])] : wordsOf(label);
  const [program, ...rest] = words;
  if (program !== undefined && program !== "") return [program, ...rest];
  throw new RuntimeError(
    "CannotCreateContainerError",
    `the process runtime has no images, so it cannot know what image "${spec.image}" runs; ` +
      `give the container a "command" or "entryPoint", or the docker label "${commandLabel}" with a JSON array of strings`,
  );
}

/** The signal that asks the container to stop: SIGTERM unless the container says otherwise. */
export function stopSignalOf(spec: ContainerSpec): NodeJS.Signals | number {
  const asked = spec.config?.StopSignal;
  if (typeof asked !== "string" || asked === "") return "SIGTERM";
  if (/^\d+$/.test(asked)) return Number(asked);
  const name = asked.toUpperCase().replace(/^(SIG)?/, "SIG");
  if (isSignal(name)) return name;
  throw new RuntimeError("CannotCreateContainerError", `Invalid signal: ${asked}`);
}

/** An exit code as Docker reports it: 128 + n for a program that signal n ended. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

function isSignal(name: string): name is NodeJS.Signals {
  return Object.hasOwn(constants.signals, name);
}

function wordsOf(label: string): readonly string[] {
  const words = parse(label);
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new RuntimeError("CannotCreateContainerError", `docker label "${commandLabel}" is not a JSON array of strings`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
