import { STS } from "@aws-sdk/client-sts";
import { policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testRegion } from "../../../../test/support/in-process.ts";
import { type ResponseOptions, samlProvider } from "../../../../test/support/saml-provider.ts";
import { systemClock } from "../../../clock.ts";
import { iamArn, openSts } from "../sts.fixture.ts";

export const RoleArn = iamArn("role/dev");
export const PrincipalArn = iamArn("saml-provider/corp");
export const minute = 60_000;
export const actions = ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"];
export const invalid = "InvalidIdentityTokenException";
export const notAuthorized = { name: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithSAML" };

export function trust(condition: object = {}, action: string | readonly string[] = actions): string {
  return policy({ Effect: "Allow", Principal: { Federated: PrincipalArn }, Action: action, Condition: condition });
}

export async function setUp(kind = databases()[0]) {
  let now = () => systemClock.now();
  const provider = await samlProvider({ roleArn: RoleArn, providerArn: PrincipalArn, now: () => now() });
  const context = await openSts(kind);
  now = () => context.clock.now();
  const { iam } = context.root;
  await iam.createSAMLProvider({ Name: "corp", SAMLMetadataDocument: provider.metadata });
  const stranger = new STS({
    endpoint: context.endpoint,
    region: testRegion,
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error("There are none")),
  });
  await iam.createRole({ RoleName: "dev", AssumeRolePolicyDocument: trust(), MaxSessionDuration: 7200 });
  const assume = (SAMLAssertion: string, input: object = {}) =>
    stranger.assumeRoleWithSAML({ RoleArn, PrincipalArn, SAMLAssertion, ...input });
  return {
    ...{ context, provider, iam, stranger, assume },
    with: (options: ResponseOptions, input: object = {}) => assume(provider.assertion(options), input),
    setTrust: (document: string) => iam.updateAssumeRolePolicy({ RoleName: "dev", PolicyDocument: document }),
    /** Seconds that the session in an answer lasts. */
    lasts: ({ Credentials: given }: { Credentials?: { Expiration?: Date | undefined } | undefined }) =>
      given!.Expiration!.getTime() / 1000 - Math.floor(context.clock.now().getTime() / 1000),
  };
}
