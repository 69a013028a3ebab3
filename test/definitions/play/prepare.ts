import type { Clients } from "../../support/clients.ts";
import { allow, createRole } from "../../support/clients.ts";
import { type Definition, secretReferences } from "./corpus.ts";

const managedPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/** Makes all that the definitions name and that is not theirs: secrets under their own ARNs, parameters, roles, log groups. */
export async function prepare(clients: Clients, definitions: readonly Definition[]): Promise<void> {
  await Promise.all([
    makeStores(clients, definitions),
    makeRoles(clients, definitions),
    makeLogGroups(clients, definitions),
  ]);
}

/** The files that the definitions' environment files name, by `/bucket/key`. */
export function environmentFilesOf(definitions: readonly Definition[]): Readonly<Record<string, string>> {
  const containers = definitions.flatMap(({ containerDefinitions }) => containerDefinitions ?? []);
  const arns = containers.flatMap(({ environmentFiles }) => (environmentFiles ?? []).map(({ value }) => value ?? ""));
  return Object.fromEntries(arns.map((arn) => [`/${arn.slice("arn:aws:s3:::".length)}`, "FROM_FILE=yes\n"]));
}

/** Groups are somebody's to make, but for those that the log driver makes. */
async function makeLogGroups({ logs }: Clients, definitions: readonly Definition[]): Promise<void> {
  const containers = definitions.flatMap(({ containerDefinitions }) => containerDefinitions ?? []);
  const all = containers.flatMap(({ logConfiguration: { options } = {} }) =>
    options?.["awslogs-create-group"] ? [] : (options?.["awslogs-group"] ?? []),
  );
  for (const logGroupName of new Set(all)) await logs.createLogGroup({ logGroupName });
}

async function makeStores({ ssm, secretsManager }: Clients, definitions: readonly Definition[]): Promise<void> {
  const references = secretReferences(definitions).map((reference) => reference.split(":"));
  const parameters = references.filter((parts) => parts[2] === "ssm").map((parts) => parts[5] ?? "");
  for (const resource of parameters) {
    const name = resource.slice("parameter/".length);
    await ssm.putParameter({
      Name: name.includes("/") ? `/${name}` : name,
      Value: `value of ${name}`,
      Type: "SecureString",
    });
  }
  const keys = new Map<string, Set<string>>();
  for (const [, , service, , , , name = "", key = ""] of references) {
    if (service !== "secretsmanager") continue;
    keys.set(name, (keys.get(name) ?? new Set()).add(key));
  }
  for (const [name, wanted] of keys) {
    const members = Object.fromEntries(
      [...wanted].filter((key) => key !== "").map((key) => [key, `${key} of ${name}`]),
    );
    await secretsManager.createSecret({
      Name: name.slice(0, -"-AbCdEf".length),
      SecretString: JSON.stringify({ username: "user", password: "word", ...members }),
      Tags: [{ Key: "sealift:arn-suffix", Value: name.slice(-6) }],
    });
  }
}

async function makeRoles(clients: Clients, definitions: readonly Definition[]): Promise<void> {
  const arns = definitions.flatMap(({ taskRoleArn, executionRoleArn }) => [taskRoleArn ?? "", executionRoleArn ?? ""]);
  const names = new Set(arns.filter((arn) => arn !== "").map((arn) => arn.split("/").at(-1) ?? ""));
  const execution = allow([
    "ssm:GetParameters",
    "secretsmanager:GetSecretValue",
    "logs:CreateLogGroup",
    "s3:GetObject",
  ]);
  for (const name of names) {
    const isExecution = name === "ecsTaskExecutionRole";
    await createRole(clients, name, isExecution ? [execution] : []);
    if (isExecution) await clients.iam.attachRolePolicy({ RoleName: name, PolicyArn: managedPolicy });
  }
}
