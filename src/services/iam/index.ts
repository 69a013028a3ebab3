import { queryProtocol } from "../../aws/query-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import { systemClock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import { type AccessTrail, type LastAccessedWork, lastAccessedWork } from "./last-accessed-work.ts";
import type { IamStore } from "./store.ts";

export { sealedColumns } from "./access-keys.ts";
export { decodeAuthorizationMessage, encodeAuthorizationMessage } from "./authorization-message.ts";
export { authorizer } from "./authorizer.ts";
export { ensureRole } from "./ensure-role.ts";
export { entityArn, type Role, splitResource, type Tags } from "./entity.ts";
export { principalExists } from "./principal-exists.ts";
export { resourceFault } from "./resource-fault.ts";
export { type IamStore, iamStore } from "./store.ts";
export { accountOfId, newAccessKey } from "./unique-id.ts";

/** What IAM's operations work with. */
export interface Iam {
  readonly store: IamStore;
  readonly ids: Ids;
  readonly lastAccessed: LastAccessedWork;
}

export interface IamOptions extends Pick<Iam, "store" | "ids"> {
  /** What reports of when services were last accessed are made from; without it, nobody ever did. */
  readonly trail?: AccessTrail;
}

const noTrail: AccessTrail = { clock: systemClock, lastCalls: async () => [] };

/** https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function iamService({ store, ids, trail = noTrail }: IamOptions): Service {
  const context: Iam = { store, ids, lastAccessed: lastAccessedWork(store, trail) };
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
