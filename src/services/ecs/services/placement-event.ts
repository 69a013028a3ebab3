import { lastPart } from "../arns.ts";
import type { PlacementFailure } from "../placement/placement.ts";

const guide = "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/** Why no task could be placed, as a service event tells it. */
export function placementEvent(service: string, failures: readonly PlacementFailure[]): string {
  const start = `(service ${service}) was unable to place a task because no container instance met all of its requirements.`;
  const [closest] = [...failures].sort((one, other) => closeness(other) - closeness(one));
  if (!closest) return `${start} Reason: No Container Instances were found in your cluster. ${guide}`;
  return `${start} The closest matching (container-instance ${lastPart(closest.arn)}) ${lack(closest)}. ${guide}`;
}

/** How far an instance came in placement. */
function closeness({ reason }: PlacementFailure): number {
  return reason === "AGENT" ? 0 : reason === "ATTRIBUTE" ? 1 : 2;
}

function lack({ reason, detail }: PlacementFailure): string {
  switch (reason) {
    case "RESOURCE:MEMORY":
      return "has insufficient memory available";
    case "RESOURCE:CPU":
      return "has insufficient CPU units available";
    case "RESOURCE:PORTS":
      return "is already using a port required by your task";
    case "RESOURCE:GPU":
      return "has insufficient GPU resource available";
    case "RESOURCE:ENI":
      return "has no network address available";
    case "ATTRIBUTE":
      return `is missing an attribute required by your task${detail === undefined ? "" : ` (${detail})`}`;
    case "AGENT":
      return "encountered error 'AGENT'";
    default:
      return `encountered error '${reason}'`;
  }
}
