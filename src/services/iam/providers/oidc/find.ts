import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";
import type { Call } from "../../../../model/call.ts";
import { invalidArn } from "../../errors.ts";
import type { IamStatements } from "../../store.ts";
import { type OidcProvider, oidcProviderUrl } from "./provider.ts";

/** The account's provider of that ARN, or AWS's error that it is not there. */
export async function findOidcProvider(store: IamStatements, call: Call, arn: string): Promise<OidcProvider> {
  const url = oidcProviderUrl(call, arn);
  if (url === undefined) throw invalidArn(arn);
  const provider = await store.findOidcProvider(call.account, url);
  if (!provider) throw new ApiError(NoSuchEntityException$, `OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}
