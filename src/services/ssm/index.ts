import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Encryption } from "../kms/index.ts";
import type { Parameters } from "./parameters.ts";

export { parameterStore } from "./parameters.ts";

/** What Parameter Store's operations work with. */
export interface Ssm {
  readonly parameters: Parameters;
  readonly encryption: Encryption;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export function ssmService(context: Ssm): Service {
  return service(
    {
      signingName: "ssm",
      targetPrefix: "AmazonSSM",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
