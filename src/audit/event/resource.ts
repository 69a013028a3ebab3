import { parseArn } from "../../arn.ts";
import type { EventResource } from "./event.ts";

/** CloudFormation's types, which CloudTrail's events name, by the service and kind in the ARN. */
const types: Readonly<Record<string, string>> = {
  "ssm parameter": "AWS::SSM::Parameter",
  "ssm servicesetting": "AWS::SSM::ServiceSetting",
  "secretsmanager secret": "AWS::SecretsManager::Secret",
  "kms key": "AWS::KMS::Key",
  "kms alias": "AWS::KMS::Alias",
  "iam user": "AWS::IAM::User",
  "iam role": "AWS::IAM::Role",
  "iam group": "AWS::IAM::Group",
  "iam policy": "AWS::IAM::ManagedPolicy",
  "iam instance-profile": "AWS::IAM::InstanceProfile",
  "iam oidc-provider": "AWS::IAM::OIDCProvider",
  "iam saml-provider": "AWS::IAM::SAMLProvider",
  "ecs cluster": "AWS::ECS::Cluster",
  "ecs service": "AWS::ECS::Service",
  "ecs task": "AWS::ECS::Task",
  "ecs task-definition": "AWS::ECS::TaskDefinition",
  "ecs container-instance": "AWS::ECS::ContainerInstance",
};

/** Resources that are remembered: most calls are about one that an earlier call was about. */
const mostKnown = 5_000;

const known = new Map<string, { readonly account: string; readonly resource: EventResource | undefined }>();

/** A resource as events name it; `undefined` if the ARN names several, or its kind has no type. */
export function eventResource(ARN: string, account: string): EventResource | undefined {
  const found = known.get(ARN);
  if (found?.account === account) return found.resource;
  const resource = readResource(ARN, account);
  if (known.size >= mostKnown) known.clear();
  known.set(ARN, { account, resource });
  return resource;
}

function readResource(ARN: string, account: string): EventResource | undefined {
  if (/[*?]/.test(ARN)) return undefined;
  const parsed = parseArn(ARN);
  if (!parsed) return undefined;
  const [kind] = parsed.resource.split(/[/:]/, 1);
  const type = types[`${parsed.service} ${kind}`];
  if (type === undefined) return undefined;
  // AWS's own policies belong to no account.
  return { accountId: /^\d/.test(parsed.account) ? parsed.account : account, type, ARN };
}

/**
 * The names that find a resource: its ARN, and the name or id in it; for a secret also the name without the six characters
 * that its ARN adds, for a parameter also the name with its slash.
 */
export function resourceNames(arn: string): readonly string[] {
  const parsed = parseArn(arn);
  if (!parsed) return [arn];
  const { service, resource } = parsed;
  const after = resource.slice(resource.search(/[/:]/) + 1);
  if (service === "ssm") return [arn, after, `/${after}`];
  if (service === "secretsmanager") return [arn, after, after.replace(/-[A-Za-z0-9]{6}$/, "")];
  const last = after.slice(after.lastIndexOf("/") + 1);
  return last === after ? [arn, after] : [arn, after, last];
}
