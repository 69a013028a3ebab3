import { ApiError } from "../../model/api-error.ts";
import { lazySdk } from "../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ecs")>("@aws-sdk/client-ecs");

export const clientError = (message: string) => new ApiError(sdk().ClientException$, message);
export const invalidParameter = (message: string) => new ApiError(sdk().InvalidParameterException$, message);
export const clusterNotFound = () => new ApiError(sdk().ClusterNotFoundException$, "Cluster not found.");
export const clusterInactive = () =>
  new ApiError(sdk().ClusterNotFoundException$, "The referenced cluster was inactive.");
export const definitionInactive = () => clientError("TaskDefinition is inactive");
export const serviceNotFound = () => new ApiError(sdk().ServiceNotFoundException$, "Service not found.");
export const serviceNotActive = () => new ApiError(sdk().ServiceNotActiveException$, "Service was not ACTIVE.");

/** Refuses an empty list, in AWS's words: `name` is what AWS calls it there. */
export function refuseNone(name: string, items: readonly unknown[]): void {
  if (items.length === 0) throw invalidParameter(`${name} cannot be empty.`);
}

/**
 * Refuses a list that AWS finds too long. Operations call it before authorisation: a caller who is allowed nothing must not
 * make this server look at thousands of items.
 */
export function refuseMoreThan(most: number, name: string, items: readonly unknown[]): void {
  if (items.length > most) throw invalidParameter(`${name} can have at most ${most} items.`);
}
