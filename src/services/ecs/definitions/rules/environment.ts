import { parseArn } from "../../../../arn.ts";
import { type ContainerRule, each, type Rule, twice } from "./rule.ts";

const mostFiles = 10;

/** A parameter's name, which may have a version or label. */
const parameterName = /^[A-Za-z0-9_./-]{1,2048}(?::[A-Za-z0-9_.-]{1,128})?$/;

const nameProblem: ContainerRule = ({ environment = [] }) =>
  environment.every(({ name }) => name?.trim()) ? undefined : "Environment variable name cannot be null or blank.";

const secretProblem: ContainerRule = ({ environment, secrets = [], logConfiguration }, { executionRoleArn }) => {
  const all = [...secrets, ...(logConfiguration?.secretOptions ?? [])];
  if (all.length > 0 && !executionRoleArn) {
    return "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.";
  }
  for (const { name, valueFrom } of all) {
    if (!name?.trim()) return "Secret name cannot be null or blank.";
    const problem = referenceProblem(name, valueFrom);
    if (problem !== undefined) return problem;
  }
  const names = secrets.map(({ name }) => name);
  const again = twice(names);
  if (again !== undefined) return `Duplicate secret names found: ${again}. Each secret name must be unique.`;
  const shared = names.find((name) => environment?.some((variable) => variable.name === name));
  return shared === undefined
    ? undefined
    : `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${shared}'.`;
};

function referenceProblem(name: string, valueFrom = ""): string | undefined {
  if (valueFrom.startsWith("arn:")) {
    const arn = parseArn(valueFrom);
    const isKnown =
      (arn?.service === "ssm" && arn.resource.startsWith("parameter/")) ||
      (arn?.service === "secretsmanager" && arn.resource.startsWith("secret:"));
    return isKnown ? undefined : "Invalid arn syntax.";
  }
  return parameterName.test(valueFrom)
    ? undefined
    : `The Systems Manager parameter name specified for secret ${name} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-/`;
}

const fileProblem: ContainerRule = ({ environmentFiles: files = [] }, { executionRoleArn }) => {
  if (files.length === 0) return undefined;
  if (files.length > mostFiles) {
    return "The maximum number of environment files was exceeded. Specify ten or less and try again.";
  }
  for (const { value = "" } of files) {
    const arn = parseArn(value);
    if (arn?.service !== "s3" || !/^[^/]+\/.+/.test(arn.resource)) return "Invalid arn syntax.";
    if (!value.endsWith(".env")) return `The environment file '${value}' must have a .env file extension.`;
  }
  return executionRoleArn
    ? undefined
    : "When you are specifying environment files, you must also specify a value for 'executionRoleArn'.";
};

const registryProblem: ContainerRule = ({ repositoryCredentials: credentials }, { executionRoleArn }) => {
  if (!credentials) return undefined;
  if (!executionRoleArn) {
    return "Private repository authentication requires that the task definition specify a value for executionRoleArn.";
  }
  const { credentialsParameter: secret } = credentials;
  if (!secret) return "repositoryCredentials.credentialsParameter cannot be null or blank.";
  return secret.startsWith("arn:") && parseArn(secret)?.service !== "secretsmanager"
    ? "Invalid arn syntax."
    : undefined;
};

/** Variables, secrets, files of variables and the credentials of registries. */
export const environmentRules: Rule = each(nameProblem, secretProblem, fileProblem, registryProblem);
