import { parseArn, regionalArn } from "../../../arn.ts";
import { isOwn, type Scope, scopeOf } from "../arns.ts";
import { invalidParameter } from "../errors.ts";

const kinds = { deployment: "service-deployment", revision: "service-revision" } as const;
type Kind = keyof typeof kinds;

const prefix = "ecs-svc/";

/** The ARN of a service's deployment, given by the deployment's id. */
export function serviceDeploymentArn(serviceArn: string, id: string): string {
  return arnOf(serviceArn, "deployment", id);
}

/** The ARN of the revision that a deployment brought. */
export function revisionArn(serviceArn: string, id: string): string {
  return arnOf(serviceArn, "revision", id);
}

function arnOf(serviceArn: string, kind: Kind, id: string): string {
  const resource = parseArn(serviceArn)?.resource.replace(/^service\//, "");
  return regionalArn(scopeOf(serviceArn), "ecs", `${kinds[kind]}/${resource}/${id.replace(prefix, "")}`);
}

/** The service and the deployment's id in such an ARN. Throws AWS's refusal of any other. */
export function parseDeploymentArn(
  scope: Scope,
  arn: string,
  kind: Kind,
): { readonly clusterArn: string; readonly serviceArn: string; readonly id: string } {
  const [, own, cluster, service, id] =
    /^(service-[a-z]+)\/([^/]+)\/([^/]+)\/(\d+)$/.exec(parseArn(arn)?.resource ?? "") ?? [];
  if (own !== kinds[kind] || cluster === undefined || !isOwn(scope, arn)) {
    throw invalidParameter(`Invalid ${kind === "deployment" ? "service deployment" : "service revision"} ARN: ${arn}`);
  }
  return {
    clusterArn: regionalArn(scope, "ecs", `cluster/${cluster}`),
    serviceArn: regionalArn(scope, "ecs", `service/${cluster}/${service}`),
    id: `${prefix}${id}`,
  };
}
