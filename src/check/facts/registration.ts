import type { Clock } from "../../clock.ts";
import { dispatcher } from "../../front-door/dispatcher.ts";
import { ApiError } from "../../model/api-error.ts";
import { type Ecs, ecsService } from "../../services/ecs/index.ts";
import { type Account, onceFor } from "../account/account.ts";
import type { Definition } from "./subject.ts";

/** Thrown in place of the write, when nothing was found wrong. */
const registered = "Registered";

/** Where RegisterTaskDefinition writes: here nothing is written. */
const store = {
  async transaction(): Promise<never> {
    throw new ApiError({ code: registered, status: 400 }, "");
  },
};

/** Resolves to RegisterTaskDefinition's refusal of a definition, `ClientException: …`, or to `undefined`. Nothing is registered. */
export async function refusalOf(account: Account, clock: Clock, definition: Definition): Promise<string | undefined> {
  const register = await onceFor(account, "RegisterTaskDefinition", async () => registering(account, clock));
  const { status, body } = await register(JSON.stringify(definition));
  const answer = JSON.parse(String(body)) as {
    readonly __type?: string;
    readonly message?: string;
    readonly Message?: string;
  };
  const code = answer.__type?.replace(/^.*#/, "");
  if (status === 200 || code === registered) return undefined;
  return `${code}: ${answer.message ?? answer.Message ?? ""}`;
}

/** The operation behind the front door, which finds fault with requests before it. */
function registering({ id, region, partition }: Account, clock: Clock) {
  const service = ecsService({ store } as unknown as Ecs);
  const dispatch = dispatcher({
    services: [service],
    partition,
    authenticate: async () => ({
      principal: { kind: "root", arn: `arn:${partition}:iam::${id}:root`, account: id, userId: id, accessKeyId: "" },
      region,
    }),
    authorize: async () => undefined,
    now: () => clock.now(),
    requestId: () => "",
    eventId: () => "",
    audit: () => undefined,
    isUnstorable: () => false,
    onAnswer({ cause }) {
      if (cause !== undefined) throw new Error("RegisterTaskDefinition could not be tried", { cause });
    },
  });
  const headers = {
    "x-amz-target": `${service.targetPrefix}.RegisterTaskDefinition`,
    "content-type": service.protocol.contentType,
    authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/${region}/ecs/aws4_request`,
  };
  return (body: string) =>
    dispatch({ method: "POST", path: "/", query: "", headers, body: Buffer.from(body), remoteAddress: "" });
}
