import { GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { registryOf } from "../images/registry.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html */
export const getAuthorizationToken = operation(GetAuthorizationTokenCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, { registryIds }, context: Ecr, call) {
    const registry = registryOf(context);
    const accounts = registryIds?.length ? registryIds : [call.account];
    return {
      authorizationData: accounts.map((account) => {
        const { password, expiresAt } = context.tokens.mint(call, account);
        return {
          authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
          expiresAt,
          proxyEndpoint: registry.endpoint(call.host),
        };
      }),
    };
  },
});
