import { styleText } from "node:util";
import { escapeControls } from "../../log.ts";
import type { OutputLine } from "./output-line.ts";

export interface PrinterOptions {
  readonly json: boolean;
  /** The output is a terminal that may be coloured. */
  readonly isTerminal: boolean;
  /** Prefixes name tasks, too. */
  readonly namesTasks: boolean;
}

const colours = ["cyan", "yellow", "green", "magenta", "blue", "cyanBright", "yellowBright", "greenBright"] as const;

/** Makes the text of lines: each with its container before it, or as JSON. */
export function printer({ json, isTerminal, namesTasks }: PrinterOptions): (line: OutputLine) => string {
  const seen = new Map<string, (typeof colours)[number]>();
  let width = 0;

  return (line) => {
    const { task, container, time, source, message } = line;
    if (json) return `${JSON.stringify({ time, task, container, ...(source && { source }), message })}\n`;
    const name = escapeControls(namesTasks ? `${task.slice(0, 8)}/${container}` : container);
    width = Math.max(width, name.length);
    const colour = seen.get(name) ?? colours[seen.size % colours.length] ?? "cyan";
    seen.set(name, colour);
    const prefix = `${name.padEnd(width)} |`;
    if (!isTerminal) return `${prefix} ${message}\n`;
    return `${styleText(colour, prefix, { validateStream: false })} ${harmless(message)}\n`;
  };
}

/** Keeps colours and tabs, and nothing else that would do something to a terminal. */
function harmless(message: string): string {
  const parts = message.split(/(\u001b\[[\d;]*m|\t)/);
  const text = parts.map((part, index) => (index % 2 === 0 ? escapeControls(part) : part)).join("");
  return parts.length > 1 ? `${text}\u001b[0m` : text;
}
