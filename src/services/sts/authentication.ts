import type { Clock } from "../../clock.ts";
import type { DispatcherOptions, Identity } from "../../front-door/dispatcher.ts";
import type { Service } from "../../front-door/service.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Principal } from "../../model/call.ts";
import {
  expiredToken,
  readSignature,
  type Signature,
  type SignatureProblem,
  signatureErrors,
  unknownKey,
  verifySignature,
} from "../../signature/signature.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { entityArn, type IamStore } from "../iam/index.ts";
import { mayCallIam } from "./sessions/session.ts";
import type { Sessions } from "./sessions/session-tokens.ts";

export interface AuthenticatorOptions {
  readonly iam: Pick<IamStore, "accessKeys" | "uses">;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly account: string;
  readonly partition: string;
  /** The root user's access keys that may be used for the request. */
  rootKeys(request: WireRequest): readonly { readonly accessKeyId: string; readonly secretAccessKey: string }[];
  /** Identifies the caller of a request that needs no signature; `undefined` for all others. */
  unsigned?(request: WireRequest, service: Service): Promise<Identity> | undefined;
  /** The root user's access key of another account. */
  memberRootKey?(
    accessKeyId: string,
  ): Promise<{ readonly account: string; readonly secretAccessKey: string } | undefined>;
}

/** The holder of an access key, with its secret. */
interface Holder {
  readonly principal: Principal;
  readonly secretAccessKey: string;
}

/** Regions become part of ARNs and of the keys of rows. */
const regionForm = /^[a-z0-9-]{1,32}$/;

/** Verifies a request's signature or token and gives its caller: the root user, a user, or a session. */
export function authenticator(options: AuthenticatorOptions): DispatcherOptions["authenticate"] {
  return async (request, service) => {
    const unsigned = options.unsigned?.(request, service);
    if (unsigned) return unsigned;
    const signature = readSignature(request);
    if ("kind" in signature) throw signatureError(signature, service);
    const now = options.clock.now();
    const holder = await findHolder(options, request, signature, service.signingName, now);
    if ("kind" in holder) throw signatureError(holder, service);
    const problem = verifySignature(request, signature, holder.secretAccessKey, now, {
      service: service.signingName,
      minutes: isQuery(service) ? 15 : 5,
    });
    if (problem) throw signatureError(problem, service);
    if (!regionForm.test(signature.region)) {
      throw signatureError({ kind: "scope", message: "Credential should be scoped to a valid region." }, service);
    }
    const { region } = signature;
    options.iam.uses.note(holder.principal, { usedAt: now, service: service.signingName, region });
    return { principal: holder.principal, region };
  };
}

/**
 * Resolves to true if the headers of a request name an access key that is valid now. The signature is not verified, because
 * that takes the body. Never rejects.
 */
export function knownCaller(options: AuthenticatorOptions): (request: WireRequest) => Promise<boolean> {
  return async (request) => {
    const signature = readSignature(request);
    if ("kind" in signature) return false;
    try {
      return !("kind" in (await findHolder(options, request, signature, signature.service, options.clock.now())));
    } catch {
      // Authentication meets the same failure and reports it.
      return false;
    }
  };
}

/** The holder of the access key that a signature names. The signature is not verified yet. */
async function findHolder(
  options: AuthenticatorOptions,
  request: WireRequest,
  { accessKeyId, sessionToken }: Signature,
  service: string,
  now: Date,
): Promise<Holder | SignatureProblem> {
  if (sessionToken !== undefined) {
    const session = options.sessions.open(sessionToken);
    if (session?.principal.accessKeyId !== accessKeyId) return unknownKey;
    if (session.expiresAt.getTime() <= now.getTime()) return expiredToken;
    if (service === "iam" && !mayCallIam(session.principal)) return unknownKey;
    return session;
  }
  const { account, partition } = options;
  const rootKey = options.rootKeys(request).find((key) => key.accessKeyId === accessKeyId);
  if (rootKey) return rootUser(partition, accessKeyId, { account, ...rootKey });
  const key = await options.iam.accessKeys.find(accessKeyId);
  if (!key) {
    const memberKey = await options.memberRootKey?.(accessKeyId);
    return memberKey ? rootUser(partition, accessKeyId, memberKey) : unknownKey;
  }
  if (!key.active) return unknownKey;
  const { user, secretAccessKey } = key;
  return {
    principal: {
      kind: "user",
      arn: entityArn({ partition, account: user.account }, "user", user.path, user.name),
      account: user.account,
      userId: user.id,
      userName: user.name,
      accessKeyId,
    },
    secretAccessKey,
  };
}

function rootUser(
  partition: string,
  accessKeyId: string,
  { account, secretAccessKey }: { readonly account: string; readonly secretAccessKey: string },
): Holder {
  const arn = `arn:${partition}:iam::${account}:root`;
  return { principal: { kind: "root", arn, account, userId: account, accessKeyId }, secretAccessKey };
}

function signatureError({ kind, message }: SignatureProblem, service: Service): ApiError {
  const error = signatureErrors[kind][isQuery(service) ? "query" : "json"];
  return new ApiError(error, error.message ?? message);
}

function isQuery(service: Service): boolean {
  return service.protocol.contentType === "text/xml";
}
