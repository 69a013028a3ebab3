import {
  ClientException$,
  ClusterNotFoundException$,
  InvalidParameterException$,
  ServiceNotActiveException$,
  ServiceNotFoundException$,
} from "@aws-sdk/client-ecs";
import { ApiError } from "../../model/api-error.ts";

export const clientError = (message: string) => new ApiError(ClientException$, message);
export const invalidParameter = (message: string) => new ApiError(InvalidParameterException$, message);
export const clusterNotFound = () => new ApiError(ClusterNotFoundException$, "Cluster not found.");
export const serviceNotFound = () => new ApiError(ServiceNotFoundException$, "Service not found.");
export const serviceNotActive = () => new ApiError(ServiceNotActiveException$, "Service was not ACTIVE.");

/**
 * Refuses a list that AWS finds too long. Called by `access` where that looks at each item: whoever is allowed nothing
 * must not make it look at thousands.
 */
export function refuseMoreThan(most: number, name: string, items: readonly unknown[]): void {
  if (items.length > most) throw invalidParameter(`${name} can have at most ${most} items.`);
}
