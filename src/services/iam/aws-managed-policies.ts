import { parseArn } from "../../aws/arn.ts";
import administratorAccess from "./aws-managed-policies/AdministratorAccess.json" with { type: "json" };
import containerInstance from "./aws-managed-policies/AmazonEC2ContainerServiceforEC2Role.json" with { type: "json" };
import ecsFullAccess from "./aws-managed-policies/AmazonECS_FullAccess.json" with { type: "json" };
import taskExecution from "./aws-managed-policies/AmazonECSTaskExecutionRolePolicy.json" with { type: "json" };
import ssmReadOnly from "./aws-managed-policies/AmazonSSMReadOnlyAccess.json" with { type: "json" };
import keyPowerUser from "./aws-managed-policies/AWSKeyManagementServicePowerUser.json" with { type: "json" };
import powerUserAccess from "./aws-managed-policies/PowerUserAccess.json" with { type: "json" };
import secretsReadWrite from "./aws-managed-policies/SecretsManagerReadWrite.json" with { type: "json" };
import { type ManagedPolicy, type PolicyVersion, policyArn } from "./managed-policy.ts";

/** A policy of AWS's own, whose documents AWS publishes. */
interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly description: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly document: object;
}

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const files: readonly AwsManagedPolicy[] = [
  administratorAccess,
  containerInstance,
  ecsFullAccess,
  keyPowerUser,
  powerUserAccess,
  secretsReadWrite,
  ssmReadOnly,
  taskExecution,
];

const byResource = new Map(
  files.map((file) => [`policy${file.path}${file.name}`, { file, text: JSON.stringify(file.document, null, 4) }]),
);

/** AWS's policy of that ARN and the only version of it that there is here, or `undefined`. */
export function findAwsManaged(arn: string): { policy: ManagedPolicy; version: PolicyVersion } | undefined {
  const parts = parseArn(arn);
  if (parts?.account !== "aws" || parts.service !== "iam" || parts.region !== "") return undefined;
  const known = byResource.get(parts.resource);
  return known && read(known.file, known.text, parts.partition);
}

export function listAwsManaged(partition: string): ManagedPolicy[] {
  return files.map((file) => read(file, "", partition).policy);
}

function read(file: AwsManagedPolicy, text: string, partition: string) {
  const { id, name, path, description, version } = file;
  const updatedAt = new Date(file.updatedAt);
  const policy: ManagedPolicy = {
    arn: policyArn({ partition, account: "aws" }, path, name),
    id,
    account: "aws",
    name,
    path,
    description,
    tags: {},
    defaultVersion: version,
    latestVersion: version,
    createdAt: new Date(file.createdAt),
    updatedAt,
  };
  return { policy, version: { version, document: text, createdAt: updatedAt } };
}
