import type { Principal } from "../../../model/call.ts";

/** A user whom a SAML provider's response has proved. */
export interface SamlPrincipal extends Principal {
  readonly saml: {
    readonly sessionName: string;
    /** Seconds that the provider lets the session last; `undefined` if it does not say. */
    readonly longest: number | undefined;
    /** Condition keys that stay with the session. */
    readonly sessionKeys: NonNullable<Principal["sessionKeys"]>;
    /** Members of the operation's answer. */
    readonly answer: {
      readonly Subject: string;
      readonly SubjectType: string;
      readonly Issuer: string;
      readonly Audience: string;
      readonly NameQualifier: string;
    };
  };
}

export function isSamlPrincipal(principal: Principal): principal is SamlPrincipal {
  return "saml" in principal;
}
