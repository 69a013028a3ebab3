import type { Call, Grant, Principal } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { isConsole } from "../authorization/client.ts";
import type { SigninSession } from "./session.ts";

/**
 * What a session, or the wish for one, takes. Everybody may use the console whom nothing forbids it; programs need a policy, such
 * as SignInLocalDevelopmentAccess: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssignin.html
 */
export function signinAccess(
  { clientId, redirectUri }: Pick<SigninSession, "clientId" | "redirectUri">,
  { partition, region, principal }: Pick<Call, "partition" | "region" | "principal">,
  conditions: Readonly<Record<string, string>> = {},
): Need {
  const own = { "signin:OAuthClientId": clientId, "signin:OAuthRedirectUri": redirectUri, ...conditions };
  if (isConsole({ redirectUri })) {
    return {
      resource: `arn:${partition}:signin:::console/sealift`,
      conditions: own,
      grants: async () => [consoleGrant(principal)],
    };
  }
  const where = clientId.endsWith("/cross-device") ? "remote" : "localhost";
  const resource = `arn:${partition}:signin:${region}:${principal.account}:oauth2/public-client/${where}`;
  return { resource, conditions: own };
}

function consoleGrant({ arn }: Principal): Grant {
  const actions = ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"];
  return { id: "the console is open to everybody", principals: [arn], actions, conditions: [] };
}
