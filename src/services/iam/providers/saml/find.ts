import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";
import type { Call } from "../../../../model/call.ts";
import { invalidArn } from "../../errors.ts";
import type { IamStatements } from "../../store.ts";
import { type SamlProvider, samlProviderName } from "./provider.ts";

/** The account's provider of that ARN, or AWS's error that it is not there. */
export async function findSamlProvider(store: IamStatements, call: Call, arn: string): Promise<SamlProvider> {
  const name = samlProviderName(call, arn);
  if (name === undefined) throw invalidArn(arn);
  const provider = await store.findSamlProvider(call.account, name);
  if (!provider) throw new ApiError(NoSuchEntityException$, `Manifest not found for arn ${arn}`);
  return provider;
}
