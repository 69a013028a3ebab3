import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** Resolves to the program's answer. Rejects if the program ends before it answers. */
export type Ask = (request: Readonly<Record<string, unknown>>) => Promise<unknown>;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * A program that is started once for many requests, because its start takes most of a request's time. A request is a line of
 * JSON on its standard input, with an `id`; its answer is a line with the JSON list of the id and the result, in any order. The
 * program starts with the first request and lives as long as this process.
 */
export function lineProgram(file: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): Ask {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let requests = 0;
  let child: Child | undefined;
  function started(): Child {
    if (child) return child;
    child = spawn(file, words, { env, stdio: ["pipe", "pipe", "inherit"] });
    child.unref();
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [id, result] = JSON.parse(line) as [number, unknown];
      waiting.get(id)?.resolve(result);
      waiting.delete(id);
      if (waiting.size === 0 && child) holdProcess(child, false);
    });
    const end = (why: Error) => {
      for (const { reject } of waiting.values()) reject(why);
      waiting.clear();
      child = undefined;
    };
    child.on("error", end);
    child.on("exit", (code) => end(new Error(`${file} ${words.join(" ")} ended with ${code}.`)));
    return child;
  }
  return (request) => {
    const id = ++requests;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    const program = started();
    holdProcess(program, true);
    program.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    return answer.promise;
  };
}

/** Lets this process end only while it waits for no answer. */
function holdProcess({ stdin, stdout }: Child, isHeld: boolean): void {
  for (const end of [stdin, stdout] as unknown as Socket[]) isHeld ? end.ref() : end.unref();
}
