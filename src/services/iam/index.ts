import { queryProtocol } from "../../aws/query-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ids } from "../../ids.ts";
import type { IamStore } from "./store.ts";

export { sealedColumns } from "./access-keys.ts";
export { decodeAuthorizationMessage, encodeAuthorizationMessage } from "./authorization-message.ts";
export { authorizer } from "./authorizer.ts";
export { ensureRole } from "./ensure-role.ts";
export { entityArn, type Role, splitResource, type Tags } from "./entity.ts";
export { principalExists } from "./principal-exists.ts";
export { type IamStore, iamStore } from "./store.ts";
export { accountOfId, newAccessKey } from "./unique-id.ts";

/** What IAM's operations work with. */
export interface Iam {
  readonly store: IamStore;
  readonly ids: Ids;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function iamService(context: Iam): Service {
  return service(
    {
      signingName: "iam",
      protocol: queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/", "2010-05-08"),
      violation: { code: "ValidationError", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
