import { type ConsoleLogin, consoleLoginEvent } from "../../../audit/index.ts";
import { entityArn } from "../../iam/index.ts";
import { consoleUri } from "../authorization/client.ts";
import type { Signin } from "../context.ts";
import type { Login } from "./find-login.ts";
import type { UnsignedCall } from "./unsigned-call.ts";

/** Writes what becomes of an attempt to sign in to the audit trail. Resolves once that is on the disk. */
export function loginRecorder(
  { events, ids, account: first, partition }: Pick<Signin, "events" | "ids" | "account" | "partition">,
  { account = first, user }: Login,
  { eventId, time, region, sourceIp, userAgent, host, isSecure }: UnsignedCall,
) {
  const about: Omit<ConsoleLogin, "outcome"> = {
    ...{ eventId, time, region, sourceIp, userAgent, account },
    requestId: ids.timedUuid(time),
    loginTo: `${isSecure ? "https" : "http"}://${host.slice(0, 256)}${consoleUri}`,
    ...(user && {
      user: { id: user.id, name: user.name, arn: entityArn({ partition, account }, "user", user.path, user.name) },
    }),
  };
  return {
    success: (usesMfa: boolean) => events.write({ document: consoleLoginEvent({ ...about, outcome: { usesMfa } }) }),
    failure: (message: string) => events.write({ document: consoleLoginEvent({ ...about, outcome: { message } }) }),
  };
}
