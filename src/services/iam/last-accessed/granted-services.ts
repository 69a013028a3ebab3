import { parsePolicy, type Statement } from "../../../policy/index.ts";

/** This server's services by their names in actions, with the names in AWS's reports. */
export const serviceNames: Readonly<Record<string, string>> = {
  cloudtrail: "AWS CloudTrail",
  ecr: "Amazon Elastic Container Registry",
  ecs: "Amazon Elastic Container Service",
  iam: "AWS Identity and Access Management",
  kms: "AWS Key Management Service",
  logs: "Amazon CloudWatch Logs",
  organizations: "AWS Organizations",
  secretsmanager: "AWS Secrets Manager",
  signin: "AWS Signin",
  ssm: "AWS Systems Manager",
  sts: "AWS Security Token Service",
};

/** The services of this server of which identity-based policies allow any action. */
export function grantedServices(documents: readonly string[]): string[] {
  const statements = documents.flatMap((document) => parsePolicy(document, "identity").statements);
  return Object.keys(serviceNames).filter(
    (service) =>
      statements.some((statement) => grants(statement, service)) &&
      !statements.some((statement) => deniesAll(statement, service)),
  );
}

/** `true` where the statement allows any of the service's actions. */
export function grants({ effect, action, notAction }: Statement, service: string): boolean {
  if (effect !== "Allow") return false;
  if (action) return action.some((name) => isOf(name, service));
  return !(notAction ?? []).some((name) => isAllOf(name, service));
}

/** `true` where the statement denies every action of the service, on every resource and without a condition. */
function deniesAll({ effect, action, notAction, resource, conditions }: Statement, service: string): boolean {
  if (effect !== "Deny" || conditions.length > 0 || !resource?.includes("*")) return false;
  if (action) return action.some((name) => isAllOf(name, service));
  return !(notAction ?? []).some((name) => isOf(name, service));
}

/** A service's name or a single wildcard is before the colon. */
function isOf(name: string, service: string): boolean {
  const [prefix = ""] = name.split(":", 1);
  return ["*", service].includes(prefix.toLowerCase());
}

function isAllOf(name: string, service: string): boolean {
  return isOf(name, service) && (name === "*" || name.endsWith(":*"));
}
