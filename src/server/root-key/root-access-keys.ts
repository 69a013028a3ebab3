import type { DispatcherOptions } from "../../front-door/dispatcher.ts";
import { ApiError } from "../../model/api-error.ts";
import { makeRootKey } from "../../services/organizations/index.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import type { ControlPlane } from "../control-plane.ts";
import { jsonAnswer } from "../json-answer.ts";

export interface RootAccessKeysOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
}

const notRoot = "Only the root user of the first account may make the access keys of other root users";

/**
 * `POST /_sealift/root-access-key {"account": "444455556666"}`, signed as a request to Organizations, replaces the access key
 * of that account's root user. The answer shows the new key, which nobody can read again. Never rejects.
 */
export function rootAccessKeys({ plane, authenticate }: RootAccessKeysOptions) {
  const { organization, accounts, ids } = plane.organizations;

  async function make(request: WireRequest): Promise<object> {
    const { principal, region } = await authenticate(request, plane.service.organizations);
    if (principal.kind !== "root" || principal.account !== organization.managementAccount) {
      throw new ApiError({ code: "AccessDeniedException", status: 403 }, notRoot);
    }
    const account = accountIn(request.body);
    const key = await makeRootKey({ accounts, ids }, account);
    if (!key) throw new ApiError({ code: "AccountNotFoundException", status: 404 }, `There is no account ${account}`);
    await plane.events.record({
      account: organization.managementAccount,
      region,
      service: "organizations",
      name: "CreateRootAccessKey",
      time: plane.surroundings.clock.now(),
      resources: [{ type: "AWS::Organizations::Account", name: account }],
      additionalData: { accountId: account, accessKeyId: key.accessKeyId, requestedBy: principal.arn },
    });
    return key;
  }

  return jsonAnswer(make, plane.surroundings.onError);
}

function accountIn(body: Buffer): string {
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch {
    // Answered below.
  }
  const account = typeof input === "object" && input !== null && "account" in input ? input.account : undefined;
  if (typeof account === "string" && /^\d{12}$/.test(account)) return account;
  throw new ApiError(
    { code: "ValidationException", status: 400 },
    "The body must be JSON with an account of 12 digits",
  );
}
