import { once } from "node:events";
import { ECS } from "@aws-sdk/client-ecs";
import { defined } from "../defined.ts";
import { type Client, openClient } from "../session-manager/client.ts";
import { type ConnectionFlags, connect } from "./connection.ts";

export interface ExecFlags extends ConnectionFlags {
  readonly container?: string;
  readonly cluster?: string;
}

/** The terminal's end of input, Ctrl-D. */
const endOfInput = Buffer.from([4]);

/** The exit code where the program's is not known. */
const failed = 1;

/** Runs a command in a container of a task, with this terminal, and ends with the command's exit code. */
export async function exec(task: string, words: readonly string[], flags: ExecFlags): Promise<void> {
  const { container, cluster } = flags;
  const { config, reached } = connect(flags);
  const ecs = new ECS({ ...config, ...(flags.endpoint === undefined && { maxAttempts: 1 }) });
  const command = words.map(quoted).join(" ");
  const { session } = await reached(
    ecs.executeCommand({ task, command, interactive: true, ...defined({ container, cluster }) }),
  );
  ecs.destroy();
  const { streamUrl: url, tokenValue: token } = session ?? {};
  if (url === undefined || token === undefined) throw new Error("ExecuteCommand gave no session");
  const client = openClient({ url, token, output: write });
  const restore = attach(client);
  try {
    const { exitCode, reason } = await client.ended;
    if (reason !== "") process.stderr.write(`sealift: ${reason}\n`);
    process.exitCode = exitCode ?? failed;
  } finally {
    restore();
  }
}

/** A word of a command line, as a POSIX shell and AWS's agent read it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

async function write(data: Buffer): Promise<void> {
  if (!process.stdout.write(data)) await once(process.stdout, "drain");
}

/** Gives the session this terminal. Returns what gives it back. */
function attach(client: Client): () => void {
  const { stdin, stdout } = process;
  const isTerminal = stdin.isTTY === true;
  const resize = () => client.resize({ cols: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
  const stop = () => client.terminate();
  let typed: Promise<void> = client.ready;
  /** One after the other; what is typed meanwhile waits in the operating system. */
  function type(data: Buffer): void {
    stdin.pause();
    typed = typed.then(() => client.type(data)).then(() => void stdin.resume());
  }
  const onEnd = () => type(endOfInput);

  void client.ready.then(resize);
  if (isTerminal) stdin.setRawMode(true);
  stdin.on("data", type).on("end", onEnd);
  stdout.on("resize", resize).on("error", stop);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return () => {
    stdin.off("data", type).off("end", onEnd).pause();
    stdout.off("resize", resize);
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.off(signal, stop);
    if (isTerminal) stdin.setRawMode(false);
    // A pipe that is still open would keep the process.
    stdin.unref?.();
  };
}
