import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Events } from "./events.ts";

export type { ServiceEvent } from "./event.ts";
export { type Events, eventStore } from "./events.ts";

/** What CloudTrail's operations work with. */
export interface CloudTrail {
  readonly events: Events;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export function cloudTrailService(context: CloudTrail): Service {
  return service(
    {
      signingName: "cloudtrail",
      targetPrefix: "CloudTrail_20131101",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
