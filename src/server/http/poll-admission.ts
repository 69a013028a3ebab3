import type { VersionInfo } from "@aws-sdk/client-ecs";
import { defined } from "../../defined.ts";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { DispatcherOptions } from "../../front-door/dispatcher.ts";
import { newCall } from "../../front-door/new-call.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Access, Call } from "../../model/call.ts";
import {
  findPolled,
  isMachineOf,
  notItsMachine,
  pollAccess,
  type SessionKind,
  versionsIn,
} from "../../services/ecs/index.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import type { ControlPlane } from "../control-plane.ts";

export interface PollAdmissionOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
}

/** A caller who may connect as an instance's agent. */
export interface Admission {
  readonly kind: SessionKind;
  readonly containerInstance: string;
  /** The agent's and the Engine's. */
  readonly versions: VersionInfo;
  /** Unique id of the caller. */
  readonly caller: string;
  isStillAllowed(): Promise<boolean>;
  /** Resolves if the caller signed the text as the body of a request to the connection's URL; rejects as a request would. */
  verify(headers: Readonly<Record<string, string>>, body: string): Promise<void>;
}

/** The connections of an agent by their paths, with the parameter in which each names the instance. */
const kinds: Readonly<Record<string, { readonly action: SessionKind; readonly instance: string }>> = {
  "/ws": { action: "ecs:Poll", instance: "containerInstanceArn" },
  "/telemetry/ws": { action: "ecs:StartTelemetrySession", instance: "containerInstance" },
};

/**
 * Lets a caller connect who signed the handshake, is allowed `ecs:Poll` or `ecs:StartTelemetrySession` on the instance, and
 * is the instance's machine.
 */
export function pollAdmission({ plane, authenticate, partition }: PollAdmissionOptions) {
  const { clock, ids, log } = plane.surroundings;

  return async (request: WireRequest): Promise<Admission> => {
    const kind = Object.hasOwn(kinds, request.path) ? kinds[request.path] : undefined;
    if (!kind) throw new ApiError({ code: "NotFound", status: 404 }, "");
    const { principal, region } = await authenticate(request, plane.service.ecs);
    const query = new URLSearchParams(request.query);
    const containerInstance = query.get(kind.instance) ?? "";
    const time = clock.now();
    const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
    const call = newCall(request, { requestId, eventId, time, principal, region, partition });
    const polled = await findPolled(plane.ecs, containerInstance);
    const { instance } = polled;
    const access = pollAccess(polled, kind.action);
    let denial = await plane.authorize(call, access);
    if (denial === undefined && instance && !isMachineOf(principal, instance)) {
      denial = notItsMachine(principal, access.action, instance.arn);
      log.warn(
        { principal: principal.arn, instance: instance.arn },
        "An agent connected for another principal's container instance",
      );
    }
    const isInactive = instance === undefined || instance.status === "INACTIVE";
    const refusal =
      denial !== undefined
        ? { code: "AccessDeniedException", status: 403, message: denial }
        : isInactive
          ? { code: "InactiveInstanceException", status: 400, message: "The container instance is not registered" }
          : undefined;
    await plane.audit(pollRecord(call, access, refusal));
    if (refusal) throw new ApiError({ code: refusal.code, status: refusal.status }, refusal.message);
    return {
      kind: kind.action,
      containerInstance,
      versions: versionsIn(query),
      caller: principal.userId,
      isStillAllowed: async () => (await plane.authorize({ ...call, time: clock.now() }, access)) === undefined,
      async verify(headers, body) {
        const signed = { ...request, headers, body: Buffer.from(body) };
        const signer = await authenticate(signed, plane.service.ecs);
        if (signer.principal.userId === principal.userId) return;
        throw new ApiError({ code: "AccessDeniedException", status: 403 }, "The signer is not who connected");
      },
    };
  };
}

function pollRecord(
  call: Call,
  access: Access,
  refusal: { readonly code: string; readonly message: string } | undefined,
): CallRecord {
  const { requestId, eventId, time, sourceIp, userAgent } = call;
  const error = refusal && { code: refusal.code, message: refusal.message };
  return {
    ...{ requestId, eventId, time, sourceIp, userAgent, call },
    ...{ service: "ecs", operation: access.action.slice("ecs:".length), accessKeyId: undefined, accesses: [access] },
    ...defined({ error }),
  };
}
