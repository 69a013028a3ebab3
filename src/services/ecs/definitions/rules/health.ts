import { type ContainerRule, each, invalidSetting, isBetween, type Rule } from "./rule.ts";

/** Seconds and counts, as in https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const bounds = { interval: [5, 300], timeout: [2, 60], retries: [1, 10], startPeriod: [0, 300] } as const;

const leastTimeout = 2;
const mostTimeout = 2 ** 31 - 1;
const mostExitCodes = 50;
const restartPeriod = [60, 1800] as const;

const healthProblem: ContainerRule = ({ name, healthCheck }) => {
  if (!healthCheck) return undefined;
  // AWS does not ask for CMD or CMD-SHELL in front.
  const { command = [] } = healthCheck;
  // A CMD without a program ends Docker's Engine.
  if (command.length === 0 || (command.length === 1 && command[0] === "CMD")) {
    return invalidSetting("healthCheck.command", name);
  }
  for (const [member, [least, most]] of Object.entries(bounds)) {
    const value = healthCheck[member as keyof typeof bounds];
    if (value !== undefined && !isBetween(value, least, most)) {
      return `Invalid health check: the '${member}' setting for container '${name}' must be between ${least} and ${most}`;
    }
  }
  return undefined;
};

const timeoutProblem: ContainerRule = ({ name, startTimeout, stopTimeout }) => {
  const words = (kind: string) =>
    `Granular ${kind} timeout on container '${name}' must be at least ${leastTimeout} seconds.`;
  if (startTimeout !== undefined && !isBetween(startTimeout, leastTimeout, mostTimeout)) return words("start");
  return stopTimeout !== undefined && !isBetween(stopTimeout, leastTimeout, mostTimeout) ? words("stop") : undefined;
};

const restartProblem: ContainerRule = ({ name, restartPolicy }) => {
  const { restartAttemptPeriod: period, ignoredExitCodes: codes = [] } = restartPolicy ?? {};
  const [least, most] = restartPeriod;
  if (period !== undefined && !isBetween(period, least, most)) {
    return `Invalid restart policy: the 'restartAttemptPeriod' setting for container '${name}' must be between ${least} and ${most}`;
  }
  return codes.length > mostExitCodes
    ? `Invalid restart policy: the 'ignoredExitCodes' setting for container '${name}' can have at most ${mostExitCodes} items`
    : undefined;
};

/** Health checks, timeouts and restarts. */
export const healthRules: Rule = each(healthProblem, timeoutProblem, restartProblem);
