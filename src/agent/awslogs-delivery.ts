import { defined } from "../defined.ts";
import type { AwslogsDelivery } from "./resources/resource.ts";
import type { EndpointForLogs } from "./task-metadata/endpoint.ts";

/**
 * Where the log driver `awslogs` delivers, and with which sessions. `wanted` is the operator's choice; `isAws` says that the
 * control plane is AWS itself. `undefined` where the engine can be told no address.
 */
export function awslogsDelivery(options: {
  readonly wanted?: string;
  readonly served?: EndpointForLogs;
  readonly isAws: boolean;
}): AwslogsDelivery | undefined {
  const { wanted, served, isAws } = options;
  if (wanted === "aws" && !isAws) return { credentialsOrigin: "", ownCredentials: true };
  if (!served) return undefined;
  const { credentialsOrigin, instanceId, controlPlane, searched } = served;
  const endpoint = wanted === "aws" ? undefined : (wanted ?? controlPlane);
  return {
    ...{ credentialsOrigin, instanceId, ownCredentials: false },
    ...defined({ endpoint, searched: wanted === undefined && controlPlane !== undefined ? searched : undefined }),
  };
}
