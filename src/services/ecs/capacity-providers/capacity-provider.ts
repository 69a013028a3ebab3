import type {
  CapacityProvider as ApiCapacityProvider,
  AutoScalingGroupProvider,
  ManagedScaling,
} from "@aws-sdk/client-ecs";
import { parseArn, regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { lastPart, type Scope } from "../arns.ts";
import { clientError } from "../errors.ts";

/** A capacity provider of an Auto Scaling group, as it is stored. Times are milliseconds since 1970. */
export interface CapacityProvider {
  readonly arn: string;
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly autoScalingGroupProvider: AutoScalingGroupProvider;
  readonly updateStatus?: ApiCapacityProvider["updateStatus"];
  readonly createdAt: number;
}

/** The providers that AWS owns. Every account has them, and they are stored nowhere. */
export const fargateProviders: readonly string[] = ["FARGATE", "FARGATE_SPOT"];

export function isFargateProvider(name: string): boolean {
  return fargateProviders.includes(name);
}

export function capacityProviderArn(scope: Scope, name: string): string {
  return name.startsWith("arn:") ? name : regionalArn(scope, "ecs", `capacity-provider/${name}`);
}

/** The short name of a provider given by name or ARN. */
export function capacityProviderName(reference: string): string {
  return reference.startsWith("arn:") ? lastPart(reference) : reference;
}

export const providerNotFound = () =>
  clientError("The specified capacity provider was not found. Specify a valid capacity provider and try again.");

/** Throws AWS's refusal of a name that no provider can have. */
export function checkProviderName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name) && !/^(aws|ecs|fargate)/i.test(name)) return;
  throw clientError(
    'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
  );
}

/** The Auto Scaling group's part of a request, with AWS's defaults. Throws AWS's refusal of settings that do not go together. */
export function readGroupProvider(given: AutoScalingGroupProvider): AutoScalingGroupProvider {
  const { autoScalingGroupArn = "" } = given;
  if (!isGroup(autoScalingGroupArn)) {
    throw clientError(
      "The specified Auto Scaling group ARN is invalid. Specify a valid Auto Scaling group ARN and try again.",
    );
  }
  return withGroupDefaults(given);
}

/** A provider's settings with the changes that a request gives. */
export function changeGroupProvider(
  current: AutoScalingGroupProvider,
  change: Omit<AutoScalingGroupProvider, "autoScalingGroupArn">,
): AutoScalingGroupProvider {
  const managedScaling = change.managedScaling && { ...current.managedScaling, ...change.managedScaling };
  return withGroupDefaults({ ...current, ...change, ...defined({ managedScaling }) });
}

function withGroupDefaults(given: AutoScalingGroupProvider): AutoScalingGroupProvider {
  const managedScaling: ManagedScaling = {
    status: "DISABLED",
    targetCapacity: 100,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 10_000,
    instanceWarmupPeriod: 300,
    ...given.managedScaling,
  };
  const { managedTerminationProtection = "DISABLED", managedDraining = "ENABLED" } = given;
  if ((managedScaling.minimumScalingStepSize ?? 0) > (managedScaling.maximumScalingStepSize ?? 0)) {
    throw clientError(
      "The minimum or maximum scaling step size value is invalid. Specify a minimum that is not above the maximum, and try again.",
    );
  }
  if (managedTerminationProtection === "ENABLED" && managedScaling.status !== "ENABLED") {
    throw clientError(
      "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.",
    );
  }
  return { ...given, managedScaling, managedTerminationProtection, managedDraining };
}

/** The name of an Auto Scaling group, or its ARN. */
function isGroup(reference: string): boolean {
  if (!reference.startsWith("arn:")) return /^[^\s:]{1,255}$/.test(reference);
  const { service, resource = "" } = parseArn(reference) ?? {};
  return service === "autoscaling" && /^autoScalingGroup:[^:]*:autoScalingGroupName\/.{1,255}$/.test(resource);
}
