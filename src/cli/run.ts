import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Container, ECS, RegisterTaskDefinitionCommandInput, Task } from "@aws-sdk/client-ecs";
import { defined } from "../defined.ts";
import { silentLog } from "../log.ts";
import { ConfigError, dataDirectory, readConfig } from "../server/config.ts";
import { type Sealift, startSealift } from "../server/server.ts";
import { systemSurroundings } from "../surroundings.ts";
import { clearMachine } from "./clear-machine.ts";
import { type InstallationApi, installationApi } from "./logs/installation-api.ts";
import { merge } from "./logs/merge.ts";
import { printer } from "./logs/printer.ts";
import { sourcesOf } from "./logs/task-sources.ts";
import { accountOf, readDefinition } from "./run/read-definition.ts";
import { fromAws, fromInstallation, type Source } from "./run/secrets-from.ts";
import { stopSignal } from "./stop-signal.ts";

export interface RunFlags {
  readonly from?: string;
  readonly asMe?: boolean;
  readonly asExecutionRole?: boolean;
  readonly masking?: boolean;
  readonly data?: string;
  readonly region?: string;
  readonly runtime?: string;
  readonly s3Endpoint?: string;
}

const cluster = "default";

/** Milliseconds for which a quiet container holds up the others, and between two looks at the task. */
const patience = 1_000;
const interval = 250;

/** Exit codes: of an interrupted run, and where the program never ran. */
const interrupted = 130;
const failed = 1;

/** Codes of programs that were ended by a signal, as they are when another container of the task has ended. */
const ended = [137, 143];

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/**
 * Runs a task definition once, on an installation of its own that is deleted at the end, with its output on the terminal. Ends with
 * the exit code of its essential container.
 */
export async function run(path: string, flags: RunFlags): Promise<void> {
  const definition = readDefinition(path);
  const interruption = new AbortController();
  void stopSignal().then(() => interruption.abort());
  await using source = await sourceOf(definition, flags);
  const data = await mkdtemp(join(tmpdir(), "sealift-run-"));
  try {
    const account = accountOf(definition);
    const given = defined({ account, region: source?.region ?? flags.region, runtime: flags.runtime });
    const s3 = defined({ s3Endpoint: flags.s3Endpoint });
    const config = readConfig({ ...given, ...s3, data, port: "0", host: "127.0.0.1" }, environment());
    const surroundings = systemSurroundings(silentLog);
    await using sealift = await startSealift(config, surroundings, source?.from);
    try {
      process.exitCode = await play(sealift, definition, flags, interruption.signal);
    } finally {
      // Until then containers stay, so that their last lines can be read.
      await clearMachine(sealift, config);
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** Variables that say where the machine's things are; those of a Sealift that runs are not this one's. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SEALIFT_")));
}

/** `undefined` where the definition wants nothing that would have to be read. */
async function sourceOf(definition: RegisterTaskDefinitionCommandInput, flags: RunFlags): Promise<Source | undefined> {
  const { from = "installation", asExecutionRole = false, asMe = false, region } = flags;
  if (from !== "installation" && from !== "aws") {
    throw new ConfigError(`Cannot use --from "${from}": it must be installation or aws`);
  }
  if (asExecutionRole && asMe) throw new ConfigError("Cannot use both --as-me and --as-execution-role");
  const role = asExecutionRole ? definition.executionRoleArn : undefined;
  if (asExecutionRole && role === undefined) {
    throw new ConfigError("Cannot use --as-execution-role: the task definition has no executionRoleArn");
  }
  const options = defined({ region, role });
  if (from === "aws") return fromAws(options);
  return wantsSecrets(definition) ? fromInstallation(dataDirectory(flags, process.env), options) : undefined;
}

function wantsSecrets({ containerDefinitions = [] }: RegisterTaskDefinitionCommandInput): boolean {
  return containerDefinitions.some(
    ({ secrets = [], logConfiguration, repositoryCredentials, dockerLabels = {} }) =>
      secrets.length + (logConfiguration?.secretOptions ?? []).length > 0 ||
      repositoryCredentials !== undefined ||
      Object.keys(dockerLabels).some((label) => label.startsWith("sealift.secrets.from")),
  );
}

async function play(
  sealift: Sealift,
  definition: RegisterTaskDefinitionCommandInput,
  { masking = true }: RunFlags,
  signal: AbortSignal,
): Promise<number> {
  const { endpoint, region, accessKey: credentials } = sealift;
  using api = installationApi({ endpoint, region, credentials }, (answer) => answer);
  const { ecs } = api;
  await makeRoles(sealift, definition);
  const task = await start(ecs, definition);
  const arn = task.taskArn ?? "";
  const stop = () => void ecs.stopTask({ cluster, task: arn, reason: "Interrupted" }).catch(() => {}); // it may have ended
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const reading = new AbortController();
  const [stopped, problems] = await Promise.all([
    untilStopped(ecs, arn).then((found) => {
      // Of what never ran there is no output to wait for.
      if (!(found.containers ?? []).some(hasRun)) reading.abort();
      return found;
    }),
    print(api, task, masking, reading.signal),
  ]);
  for (const { container, message } of problems) {
    const isOfProgram = (stopped.containers ?? []).some((one) => one.name === container && hasRun(one));
    if (isOfProgram) process.stderr.write(`sealift: ${container}: ${message}\n`);
  }
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return interrupted;
  const code = exitCodeOf(stopped, definition);
  if (code === undefined) {
    const reasons = (stopped.containers ?? []).flatMap(({ name, reason }) => (reason ? [`${name}: ${reason}`] : []));
    process.stderr.write(`sealift: ${[stopped.stoppedReason, ...reasons].filter(Boolean).join("; ")}\n`);
  }
  return code ?? failed;
}

/** The roles of the definition, which this installation has to know. What they may do elsewhere is decided there. */
async function makeRoles(sealift: Sealift, definition: RegisterTaskDefinitionCommandInput): Promise<void> {
  const { executionRoleArn, taskRoleArn } = definition;
  const { endpoint, region, accessKey: credentials } = sealift;
  const { IAM } = await import("@aws-sdk/client-iam");
  const iam = new IAM({ endpoint, region, credentials });
  for (const role of new Set([executionRoleArn, taskRoleArn])) {
    if (role === undefined) continue;
    const [RoleName = "", ...path] = role
      .replace(/^arn:[^/]*:role\//, "")
      .split("/")
      .reverse();
    const Path = path.length > 0 ? `/${path.reverse().join("/")}/` : "/";
    await iam.createRole({ RoleName, Path, AssumeRolePolicyDocument: trust });
    if (role !== executionRoleArn) continue;
    await iam.putRolePolicy({ RoleName, PolicyName: "here", PolicyDocument: everything });
  }
  iam.destroy();
  if (taskRoleArn !== undefined) {
    const note = "the task role is not taken along: what the program asks of AWS's APIs itself is refused";
    process.stderr.write(`sealift: ${note}\n`);
  }
}

async function start(ecs: ECS, definition: RegisterTaskDefinitionCommandInput): Promise<Task> {
  const { taskDefinition } = await ecs.registerTaskDefinition(definition).catch((error: Error) => {
    throw new ConfigError(`Cannot run the task definition: ${error.message}`, { cause: error });
  });
  const isFargate = definition.requiresCompatibilities?.includes("FARGATE");
  const { tasks: [task] = [], failures = [] } = await ecs.runTask({
    cluster,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    launchType: isFargate ? "FARGATE" : "EC2",
    ...(definition.networkMode === "awsvpc" && {
      networkConfiguration: {
        // AWS takes the latter for FARGATE only. It publishes the ports on this machine.
        awsvpcConfiguration: { subnets: ["subnet-00000000000000000"], ...(isFargate && { assignPublicIp: "ENABLED" }) },
      },
    }),
  });
  if (task) return task;
  const why = failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(": ")).join("; ");
  throw new Error(`Cannot run the task on this machine: ${why}`);
}

interface Problem {
  readonly container: string;
  readonly message: string;
}

function hasRun({ runtimeId, exitCode }: Container): boolean {
  return runtimeId !== undefined || exitCode !== undefined;
}

/** Shows the output of all its containers until it has stopped. Resolves to what could not be read. */
async function print(
  api: InstallationApi,
  task: Task,
  masking: boolean,
  signal: AbortSignal,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const merged = merge({
    patience,
    onProblem: ({ container }, { message }) => void problems.push({ container, message }),
  });
  const wanted = { follow: true, masking, signal };
  const sources = await sourcesOf(task, { api, cluster, wanted });
  for (const source of sources) merged.add(source);
  merged.close();
  const isTerminal = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const textOf = printer({
    json: false,
    isTerminal,
    namesTasks: false,
    containers: sources.map(({ container }) => container),
  });
  for await (const line of merged.lines()) {
    if (!process.stdout.write(textOf(line))) await once(process.stdout, "drain");
  }
  return problems;
}

async function untilStopped(ecs: ECS, task: string): Promise<Task> {
  for (;;) {
    const { tasks: [found] = [] } = await ecs.describeTasks({ cluster, tasks: [task] });
    if (!found) throw new Error("The task is gone");
    if (found.lastStatus === "STOPPED") return found;
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

/** That of the essential container with which the task ended; `undefined` where none has run. */
function exitCodeOf(task: Task, { containerDefinitions = [] }: RegisterTaskDefinitionCommandInput): number | undefined {
  const essential = containerDefinitions.filter(({ essential: is = true }) => is).map(({ name }) => name);
  const codes = (task.containers ?? []).flatMap(({ name, exitCode }) =>
    essential.includes(name) && exitCode !== undefined ? [exitCode] : [],
  );
  if (codes.length === 0 || (task.stopCode !== "EssentialContainerExited" && task.stopCode !== "UserInitiated")) {
    return undefined;
  }
  const own = codes.filter((code) => !ended.includes(code));
  return own.find((code) => code !== 0) ?? own[0] ?? codes[0];
}
