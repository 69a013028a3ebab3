import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { loggerReason } from "../../agent/engine/logger-reason.ts";
import { isTrue } from "../../agent/log-shipping/options.ts";
import { streamFailure } from "../../agent/log-streams.ts";
import { Unseen } from "../account/account.ts";
import { someRequest } from "../dry-run/session.ts";
import type { Definition, LogFact, Outcome } from "./subject.ts";
import { outcomeOf, shown, someTask, type Tools } from "./tools.ts";

/** What the log driver `awslogs` does as the execution role. */
export async function logFacts(tools: Tools, { containerDefinitions = [] }: Definition): Promise<readonly LogFact[]> {
  const facts = containerDefinitions.map((container, index) => factsOf(tools, container, index));
  return (await Promise.all(facts)).flat();
}

async function factsOf(tools: Tools, container: ContainerDefinition, index: number): Promise<readonly LogFact[]> {
  const { logDriver, options = {} } = container.logConfiguration ?? {};
  const { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix } = options;
  if (logDriver !== "awslogs" || !group || !region || !tools.hasExecutionRole) return [];
  const createsGroup = isTrue(options["awslogs-create-group"]);
  // Without a prefix the stream is named after the container, whose id nobody knows before it is made.
  const stream = prefix ? `${prefix}/${container.name}/${someTask}` : someTask.repeat(2);
  const place = { pointer: `/containerDefinitions/${index}/logConfiguration/options/awslogs-group`, group, region };
  const names = { logGroupName: group, logStreamName: stream };

  async function ask(action: string, input: object, reason: (error: Error) => string): Promise<LogFact> {
    const result = await tools.session.ask("logs", action, region ?? "", input);
    return { ...place, action: `logs:${action}`, outcome: outcomeOf(tools, result, reason) };
  }

  /** The driver makes the group only where the stream has none: then it is to be missing here. */
  async function groupFacts(): Promise<readonly LogFact[]> {
    const isThere = await existing(tools, group ?? "", region ?? "");
    if (isThere === true) return [];
    const missing = (outcome: Outcome): LogFact => ({
      ...place,
      action: "logs:CreateLogStream",
      outcome,
      isMissing: true,
    });
    if (createsGroup) {
      const fact = await ask("CreateLogGroup", { logGroupName: group }, (error) => startFailed(tools, "group", error));
      return [
        fact.outcome.kind === "failed" && isThere !== false ? missing({ kind: "unknown", unseen: isThere }) : fact,
      ];
    }
    return [missing(isThere === false ? noGroup(tools) : { kind: "unknown", unseen: isThere })];
  }

  return [
    await ask("CreateLogStream", names, (error) => startFailed(tools, "stream", error)),
    await ask("PutLogEvents", names, () => "The container runs, and its output is lost."),
    ...(await groupFacts()),
  ];
}

async function existing({ account }: Tools, group: string, region: string): Promise<boolean | Unseen> {
  try {
    return (await account.logGroup(region, group)) !== undefined;
  } catch (error) {
    if (error instanceof Unseen) return error;
    throw error;
  }
}

function noGroup(tools: Tools): Outcome {
  const error = Object.assign(new Error("The specified log group does not exist."), {
    name: "ResourceNotFoundException",
    $metadata: { httpStatusCode: 400, requestId: someRequest },
  });
  return { kind: "failed", reason: startFailed(tools, "stream", error) };
}

function startFailed({ launchType }: Tools, what: "stream" | "group", error: Error): string {
  const words = `failed to initialize logging driver: ${streamFailure(what, error)}`;
  const reason = `CannotStartContainerError: Error response from daemon: ${words}`;
  return shown(loggerReason({ launchType }, reason) ?? reason);
}
