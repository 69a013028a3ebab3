import { parseArn } from "../../../../arn.ts";
import { type Candidate, type ContainerRule, each, firstOf, type Rule } from "./rule.ts";

const requiredOptions: Readonly<Record<string, readonly string[]>> = {
  awslogs: ["awslogs-region", "awslogs-group"],
  splunk: ["splunk-url", "splunk-token"],
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const awslogsOptions = new Set([
  "awslogs-create-group",
  "awslogs-datetime-format",
  "awslogs-group",
  "awslogs-multiline-pattern",
  "awslogs-region",
  "awslogs-stream-prefix",
  "max-buffer-size",
  "mode",
]);
const awslogsWords: Readonly<Record<string, RegExp>> = {
  "awslogs-group": /^[\w./#-]{1,512}$/,
  "awslogs-region": /^[a-z0-9-]{1,64}$/,
  "awslogs-stream-prefix": /^[^:*]{1,512}$/,
};

const modes = ["blocking", "non-blocking"];
const sizePattern = /^\d+[kmg]?b?$/i;

const firelensOptions = new Set(["enable-ecs-log-metadata", "config-file-type", "config-file-value"]);

const optionProblem: ContainerRule = ({ logConfiguration: log }) => {
  if (!log) return undefined;
  const { logDriver = "", options = {}, secretOptions = [] } = log;
  const given = [...Object.keys(options), ...secretOptions.flatMap(({ name }) => name ?? [])];
  const missing = (requiredOptions[logDriver] ?? []).filter((option) => !given.includes(option));
  if (missing.length > 0) return `Log driver ${logDriver} requires options: ${missing.join(", ")}`;
  if (logDriver === "awslogs") {
    const unknown = given.filter((option) => !awslogsOptions.has(option));
    if (unknown.length > 0) return `Log driver awslogs disallows options: ${unknown.join(", ")}`;
    for (const [option, pattern] of Object.entries(awslogsWords)) {
      const value = options[option];
      if (value !== undefined && !pattern.test(value)) {
        return `Log driver awslogs option '${option}' contains invalid characters.`;
      }
    }
  }
  const { mode, "max-buffer-size": size } = options;
  if (mode !== undefined && !modes.includes(mode)) {
    return `Log driver ${logDriver} option 'mode' must be one of [${modes.join(",")}].`;
  }
  return size === undefined || sizePattern.test(size)
    ? undefined
    : `Log driver ${logDriver} option 'max-buffer-size' is not a size.`;
};

const routerProblem: ContainerRule = ({ name, firelensConfiguration: firelens }) => {
  if (!firelens) return undefined;
  const { options = {} } = firelens;
  const unknown = Object.keys(options).filter((option) => !firelensOptions.has(option));
  if (unknown.length > 0)
    return `FireLens configuration of container '${name}' disallows options: ${unknown.join(", ")}`;
  const { "config-file-type": type, "config-file-value": value, "enable-ecs-log-metadata": metadata } = options;
  if (metadata !== undefined && metadata !== "true" && metadata !== "false") {
    return `FireLens option 'enable-ecs-log-metadata' of container '${name}' must be one of [true,false].`;
  }
  if (type !== undefined && type !== "s3" && type !== "file") {
    return `FireLens option 'config-file-type' of container '${name}' must be one of [s3,file].`;
  }
  if ((type === undefined) !== (value === undefined)) {
    return `FireLens options 'config-file-type' and 'config-file-value' of container '${name}' must be specified together.`;
  }
  return type === "s3" && parseArn(value ?? "")?.service !== "s3" ? "Invalid arn syntax." : undefined;
};

function firelensProblem({ containerDefinitions: containers }: Candidate): string | undefined {
  const routers = containers.filter(({ firelensConfiguration }) => firelensConfiguration);
  const isUsed = containers.some(({ logConfiguration }) => logConfiguration?.logDriver === "awsfirelens");
  if (routers.length > 1) return "Only one container in a task definition can have a firelensConfiguration object.";
  if (routers.length === 1 && !isUsed) {
    return "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.";
  }
  if (isUsed && routers.length === 0) {
    return "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.";
  }
  return routers[0]?.logConfiguration?.logDriver === "awsfirelens"
    ? "A container with a firelensConfiguration object cannot use the awsfirelens log driver."
    : undefined;
}

/** Log drivers, their options and the FireLens router. */
export const logRules: Rule = firstOf(each(optionProblem, routerProblem), firelensProblem);
