import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { ignoreMissing } from "../../caught.ts";
import { entryText } from "./json-file-entry.ts";
import { checkLogOptions, type LogContext, type LogOptions, type LogSink } from "./log-sink.ts";

const known = [
  "max-size",
  "max-file",
  "mode",
  "max-buffer-size",
  "tag",
  "labels",
  "labels-regex",
  "env",
  "env-regex",
  "compress",
];
const defaultSize = "10m";

/**
 * Docker's `json-file`: one JSON object a line. A file that would grow over `max-size` gives way to a new one, and `max-file` of them
 * are kept. Unlike with Docker the size has a default, 10 MB; options that only add attributes are accepted and do nothing.
 * https://docs.docker.com/engine/logging/drivers/json-file/
 */
export async function openJsonFile(options: LogOptions, context: LogContext): Promise<LogSink> {
  checkLogOptions("json-file", options, known);
  const limit = bytesOf(options["max-size"] ?? defaultSize);
  const files = Number(options["max-file"] ?? "1");
  if (!Number.isInteger(files) || files < 1) throw new Error("max-file cannot be less than 1");

  // A container that is started again goes on with its log.
  let file = await open(context.path, "a", 0o600);
  let { size } = await file.stat();
  let last: Promise<void> = Promise.resolve();

  async function append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    if (size > 0 && size + bytes.length > limit) {
      file = await rotate(file, context.path, files);
      size = 0;
    }
    size += bytes.length;
    await file.appendFile(bytes);
  }

  return {
    write(source, lines) {
      const time = context.clock.now().toISOString();
      const written = last.then(async () => {
        const entries = lines.map((line) => entryText(source, line, time));
        const all = entries.join("");
        if (size + Buffer.byteLength(all) <= limit) return append(all);
        for (const each of entries) await append(each);
      });
      last = written.catch(() => {}); // the writer gets the error, and the next one tries again
      return written;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

async function rotate(file: FileHandle, path: string, files: number): Promise<FileHandle> {
  await file.close();
  for (let index = files - 1; index > 0; index--) {
    await rename(index === 1 ? path : `${path}.${index - 1}`, `${path}.${index}`).catch(ignoreMissing);
  }
  await rm(path, { force: true });
  return open(path, "w", 0o600);
}

/** Docker's sizes: `10m`, `512k`, `1g`, or bytes. The error does not quote the value: it may come from a secret. */
function bytesOf(size: string): number {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(size.trim()) ?? [];
  if (digits === undefined || Number(digits) === 0) throw new Error("max-size is not a valid size");
  return Math.floor(Number(digits) * 1024 ** ("kmg".indexOf(unit.toLowerCase() || " ") + 1));
}
