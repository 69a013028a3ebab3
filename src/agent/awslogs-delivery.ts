import { defined } from "../defined.ts";
import type { AwslogsDelivery } from "./resources/resource.ts";
import type { EndpointForLogs } from "./task-metadata/endpoint.ts";

/**
 * Where output for the log driver `awslogs` is delivered, with which sessions, and by whom. `wanted` is the operator's choice; `isAws`
 * says that the control plane is AWS itself; `hasDriver` and `canRead` what the runtime can. Where its driver is not there or can be
 * told no address, the agent delivers what it reads; `undefined` where it cannot read either.
 */
export function awslogsDelivery(options: {
  readonly wanted?: string;
  readonly served?: EndpointForLogs;
  readonly isAws: boolean;
  readonly hasDriver: boolean;
  readonly canRead: boolean;
}): AwslogsDelivery | undefined {
  const { wanted, served, isAws, hasDriver, canRead } = options;
  const ownCredentials = wanted === "aws" && !isAws;
  if (hasDriver && ownCredentials) return { credentialsOrigin: "", ownCredentials };
  if (!hasDriver || !served) {
    const endpoint = wanted === "aws" ? undefined : wanted;
    return canRead ? { ...defined({ endpoint }), credentialsOrigin: "", ownCredentials, isShipped: true } : undefined;
  }
  const { credentialsOrigin, instanceId, controlPlane, searched } = served;
  const endpoint = wanted === "aws" ? undefined : (wanted ?? controlPlane);
  return {
    ...{ credentialsOrigin, instanceId, ownCredentials: false },
    ...defined({ endpoint, searched: wanted === undefined && controlPlane !== undefined ? searched : undefined }),
  };
}
