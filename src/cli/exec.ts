import { once } from "node:events";
import { ECS, type ExecuteCommandCommandOutput } from "@aws-sdk/client-ecs";
import { defined } from "../defined.ts";
import { type Client, openClient } from "../session-manager/client.ts";
import { dataKeySize, encryptionContext, targetIdOf } from "../session-manager/encryption.ts";
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
  const answer = await reached(
    ecs.executeCommand({ task, command, interactive: true, ...defined({ container, cluster }) }),
  );
  const { sessionId = "", streamUrl: url, tokenValue: token } = answer.session ?? {};
  if (url === undefined || token === undefined) throw new Error("ExecuteCommand gave no session");
  const client = openClient({
    url,
    token,
    output: (data) => write(process.stdout, data),
    // Input that is piped needs no terminal, which would show it, and end it at Ctrl-D.
    ...(!process.stdin.isTTY && { errors: (data) => write(process.stderr, data) }),
    resume: () => resume(ecs, sessionId),
    makeDataKey: (kmsKeyId) => makeDataKey(ecs, answer, { sessionId, kmsKeyId }),
  });
  const restore = attach(client);
  try {
    const { exitCode, reason } = await client.ended;
    if (reason !== "") process.stderr.write(`sealift: ${reason}\n`);
    process.exitCode = exitCode ?? failed;
  } finally {
    restore();
    ecs.destroy();
  }
}

/** A new connection for a session whose own was lost, under the caller's permission `ssm:ResumeSession`. */
async function resume(ecs: ECS, SessionId: string) {
  const { SSM } = await import("@aws-sdk/client-ssm");
  const { endpoint, region, credentials } = ecs.config;
  const ssm = new SSM({ region, credentials, ...defined({ endpoint }) });
  try {
    const { StreamUrl: url, TokenValue: token } = await ssm.resumeSession({ SessionId });
    return url && token ? { url, token } : undefined;
  } finally {
    ssm.destroy();
  }
}

/** For a session that the cluster wants to be encrypted, under the caller's own permission for the KMS key. */
async function makeDataKey(
  ecs: ECS,
  { taskArn = "", clusterArn = "", containerName }: ExecuteCommandCommandOutput,
  { sessionId, kmsKeyId }: { readonly sessionId: string; readonly kmsKeyId: string },
) {
  const { tasks: [task] = [] } = await ecs.describeTasks({ cluster: clusterArn, tasks: [taskArn] });
  const { runtimeId = "" } = task?.containers?.find(({ name }) => name === containerName) ?? {};
  const { KMS } = await import("@aws-sdk/client-kms");
  const { endpoint, region, credentials } = ecs.config;
  const kms = new KMS({ region, credentials, ...defined({ endpoint }) });
  try {
    const { Plaintext = [], CiphertextBlob = [] } = await kms.generateDataKey({
      KeyId: kmsKeyId,
      NumberOfBytes: dataKeySize,
      EncryptionContext: encryptionContext(sessionId, targetIdOf(taskArn, runtimeId)),
    });
    return { plaintext: Buffer.from(Plaintext), ciphertext: Buffer.from(CiphertextBlob) };
  } finally {
    kms.destroy();
  }
}

/** A word of a command line, as a POSIX shell and AWS's agent read it. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

async function write(output: NodeJS.WriteStream, data: Buffer): Promise<void> {
  if (!output.write(data)) await once(output, "drain");
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
  const onEnd = () => {
    if (isTerminal) return type(endOfInput);
    typed = typed.then(() => client.endInput());
  };

  if (isTerminal) void client.ready.then(resize);
  if (isTerminal) stdin.setRawMode(true);
  stdin.on("data", type).on("end", onEnd);
  if (isTerminal) stdout.on("resize", resize);
  stdout.on("error", stop);
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
