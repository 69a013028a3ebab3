import { parseArn } from "../../../arn.ts";

interface Place {
  readonly partition: string;
  readonly account: string;
}

/** ARNs of one kind of identity provider: `arn:aws:iam::111122223333:saml-provider/name`. */
export function providerArns(prefix: "oidc-provider/" | "saml-provider/") {
  return {
    arnOf: ({ partition, account }: Place, name: string) => `arn:${partition}:iam::${account}:${prefix}${name}`,
    /** The name in an ARN, or `undefined` where it is not the ARN of such a provider of the account. */
    nameIn({ partition, account }: Place, arn: string): string | undefined {
      const parts = parseArn(arn);
      if (parts?.service !== "iam" || parts.partition !== partition || parts.account !== account) return undefined;
      return parts.resource.startsWith(prefix) ? parts.resource.slice(prefix.length) : undefined;
    },
  };
}
