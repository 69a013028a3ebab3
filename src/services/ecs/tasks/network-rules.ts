import type { NetworkConfiguration } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../definitions/definition.ts";
import { invalidParameter } from "../errors.ts";
import type { LaunchType } from "./launch-type.ts";

/** The network configuration of a request; an empty one is as none. */
export function requestedNetwork(network: NetworkConfiguration | undefined): NetworkConfiguration | undefined {
  return network?.awsvpcConfiguration && network;
}

/** Throws AWS's refusal of a launch type or network configuration that does not go with the definition. */
export function checkLaunch(
  definition: TaskDefinition,
  launchType: LaunchType,
  network: NetworkConfiguration | undefined,
): void {
  if (!definition.compatibilities?.includes(launchType)) {
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
  }
  const configuration = network?.awsvpcConfiguration;
  if (definition.networkMode !== "awsvpc") {
    if (configuration) {
      throw invalidParameter("Network Configuration is not valid for the given networkMode of this task definition.");
    }
    return;
  }
  if (!configuration) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const { subnets = [], securityGroups = [], assignPublicIp } = configuration;
  if (subnets.length === 0) throw invalidParameter("subnets can not be empty.");
  if (subnets.length > 16) throw invalidParameter("subnets can have at most 16 items.");
  if (securityGroups.length > 5) throw invalidParameter("securityGroups can have at most 5 items.");
  const subnet = subnets.find((id) => !/^subnet-[0-9a-zA-Z]+$/.test(id));
  if (subnet !== undefined)
    throw invalidParameter(
      `Error retrieving subnet information for [${subnet}]: The subnet ID '${subnet}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
    );
  const group = securityGroups.find((id) => !/^sg-[0-9a-zA-Z]+$/.test(id));
  if (group !== undefined) {
    throw invalidParameter(
      `Error retrieving security group information for [${group}]: The security group '${group}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
    );
  }
  if (assignPublicIp === "ENABLED" && launchType !== "FARGATE") {
    throw invalidParameter("Assign public IP is not supported for this launch type.");
  }
}
