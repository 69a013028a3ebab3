import { parsePolicy, type Statement } from "../../../policy/index.ts";

/** The services that are here, by the name in actions, as AWS's reports call them. */
export const serviceNames: Readonly<Record<string, string>> = {
  cloudtrail: "AWS CloudTrail",
  ecs: "Amazon Elastic Container Service",
  iam: "AWS Identity and Access Management",
  kms: "AWS Key Management Service",
  organizations: "AWS Organizations",
  secretsmanager: "AWS Secrets Manager",
  ssm: "AWS Systems Manager",
  sts: "AWS Security Token Service",
};

/** Those of the services that are here of which identity-based policies allow anything. */
export function grantedServices(documents: readonly string[]): string[] {
  const statements = documents.flatMap((document) => parsePolicy(document, "identity").statements);
  return Object.keys(serviceNames).filter(
    (service) =>
      statements.some((statement) => grants(statement, service)) &&
      !statements.some((statement) => deniesAll(statement, service)),
  );
}

/** Whether the statement allows any of the service's actions. */
export function grants({ effect, action, notAction }: Statement, service: string): boolean {
  if (effect !== "Allow") return false;
  if (action) return action.some((name) => isOf(name, service));
  return !(notAction ?? []).some((name) => isAllOf(name, service));
}

/** Whether the statement denies every action of the service on everything, always. */
function deniesAll({ effect, action, notAction, resource, conditions }: Statement, service: string): boolean {
  if (effect !== "Deny" || conditions.length > 0 || !resource?.includes("*")) return false;
  if (action) return action.some((name) => isAllOf(name, service));
  return !(notAction ?? []).some((name) => isOf(name, service));
}

/** Before the colon stands a service's name or a single wildcard. */
function isOf(name: string, service: string): boolean {
  return ["*", service].includes(name.split(":", 1)[0]!.toLowerCase());
}

function isAllOf(name: string, service: string): boolean {
  return isOf(name, service) && (name === "*" || name.endsWith(":*"));
}
