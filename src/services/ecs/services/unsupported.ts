import type { CreateServiceCommandInput } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../errors.ts";

type Members = Pick<
  CreateServiceCommandInput,
  | "serviceConnectConfiguration"
  | "volumeConfigurations"
  | "vpcLatticeConfigurations"
  | "gatewayConnectors"
  | "monitoring"
  | "deploymentController"
>;

/**
 * Refuses by name what a request asks for and nothing here does. What a request switches off, or leaves empty, is no more
 * than its absence.
 */
export function refuseUnsupported(input: Members): void {
  const controller = input.deploymentController?.type ?? "ECS";
  if (controller !== "ECS") throw invalidParameter(`Deployment controller ${controller} is not supported.`);
  if (input.serviceConnectConfiguration?.enabled) throw unsupported("serviceConnectConfiguration");
  if (input.volumeConfigurations?.length) throw unsupported("volumeConfigurations");
  if (input.vpcLatticeConfigurations?.length) throw unsupported("vpcLatticeConfigurations");
  if (input.gatewayConnectors?.length) throw unsupported("gatewayConnectors");
  if (input.monitoring?.metricConfigurations?.length) throw unsupported("monitoring");
}

/** A refusal that names a member of a request. */
export function unsupported(member: string) {
  return invalidParameter(`${member} is not supported.`);
}
