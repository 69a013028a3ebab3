import type { CapacityProvider as ApiCapacityProvider, Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Scope } from "../arns.ts";
import { type CapacityProvider, capacityProviderArn } from "./capacity-provider.ts";

/** A provider as the API shows it. */
export function capacityProviderShape(provider: CapacityProvider, tags: readonly Tag[] = []): ApiCapacityProvider {
  const { arn, name, status, autoScalingGroupProvider, updateStatus } = provider;
  return {
    capacityProviderArn: arn,
    name,
    status,
    autoScalingGroupProvider,
    type: "EC2_AUTOSCALING",
    tags: [...tags],
    ...defined({ updateStatus }),
  };
}

/** As `capacityProviderShape`, for one of AWS's own. */
export function fargateProviderShape(scope: Scope, name: string): ApiCapacityProvider {
  return {
    capacityProviderArn: capacityProviderArn(scope, name),
    name,
    status: "ACTIVE",
    type: name === "FARGATE_SPOT" ? "FARGATE_SPOT" : "FARGATE",
    tags: [],
  };
}
