/** The caller who signed a request. */
export interface Principal {
  /**
   * A `federated-user` has a session from GetFederationToken. A `web-identity` sent an identity provider's token and signed
   * nothing.
   */
  readonly kind: "root" | "user" | "assumed-role" | "federated-user" | "web-identity" | "service";
  /**
   * `arn:aws:iam::…:root`, `…:user/…`, `arn:aws:sts::…:assumed-role/role/session`, `…:federated-user/name`, the identity
   * provider (`arn:aws:iam::…:oidc-provider/…`), or a service's name.
   */
  readonly arn: string;
  readonly account: string;
  /** The id that `aws:userid` and GetCallerIdentity show. */
  readonly userId: string;
  readonly accessKeyId: string;
  readonly userName?: string;
  /** The role of an assumed-role session. */
  readonly roleArn?: string;
  /** The user who made a federated user's session, whose policies it has, narrowed; absent if root made it. */
  readonly federatingUser?: { readonly arn: string; readonly userId: string };
  /** Policies that narrow the session: documents, or ARNs of managed policies. */
  readonly sessionPolicies?: readonly string[];
  /** Tags of the session. IAM has those of the user or role. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys of the `tags` that the session passes on to the roles that it assumes. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly sessionIssuedAt?: Date;
  /** When the user showed a code of a multi-factor device for the session; absent if they did not. */
  readonly mfaAuthenticatedAt?: Date;
  readonly sessionExpiresAt?: Date;
  /** ARN of the sign-in session whose credentials these are; absent if nobody signed in for them. */
  readonly signInSession?: string;
  /** Condition keys that the token or session carries, such as `token.actions.githubusercontent.com:sub`. */
  readonly sessionKeys?: Readonly<Record<string, string | readonly string[]>>;
}

/** One authenticated request, apart from its input. */
export interface Call {
  readonly requestId: string;
  /** The id of the call's audit event. */
  readonly eventId: string;
  readonly principal: Principal;
  /** The account whose resources the call is about. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly time: Date;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What the SDK made up for the call, the same when it tries again: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
  readonly invocationId?: string;
  /** The request's `Host`: the name under which the caller reaches this server. */
  readonly host: string;
  /** True if it came over TLS. */
  readonly isSecure?: boolean;
  /** The request's proof that its sender has a key (RFC 9449); absent if it has none. */
  readonly dpop?: string;
  /** Headers `x-sealift-…` of the request, which clients of AWS do not send; absent where there are none. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** The service that makes the call on the caller's behalf; absent if the call came as a request. */
  readonly invokedBy?: string;
  /** Principals of the services that passed the caller's request on to this one, in order. */
  readonly calledVia?: readonly string[];
  /** The decisions about the call so far, in order. `Authorize` appends to them. */
  readonly decisions: AccessDecision[];
  /** Headers of Sealift's own (`x-sealift-…`) for the answer; absent if the call came from inside. */
  readonly answerHeaders?: Record<string, string>;
}

/** The decision about one access. */
export interface AccessDecision {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly effect: "allow" | "explicit-deny" | "implicit-deny";
  /** The kind of policy that decided; see `Decision` of `policy/`. */
  readonly by: "root" | "identity" | "resource" | "grant" | "session" | "boundary";
  /** The statement that allowed or denied. */
  readonly statement?: { readonly policy: string; readonly index: number; readonly sid?: string };
  /** The access itself, if it was denied. */
  readonly access?: Access;
  /** Computes how the decision was reached, as plain JSON values. `explain` in `policy/` reads it. */
  readonly trace?: () => object;
}

/** One thing that a caller must be allowed to do. */
export interface Access {
  /** `service:Operation`. */
  readonly action: string;
  /** An ARN or `*`. */
  readonly resource: string;
  /** Account that owns the resource; the call's account unless given. */
  readonly resourceAccount?: string;
  /** Services that the request came through; those of the call unless given. */
  readonly calledVia?: readonly string[];
  /** Condition keys of the service and the resource (`kms:ViaService`, `aws:ResourceTag/team`). */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  readonly resourcePolicy?: ResourcePolicy;
  /** Reads the resource's grants for the caller. It is called only if nothing else allows the access. */
  readonly grants?: () => Promise<readonly Grant[]>;
}

/** A permission that a resource gives in addition to its policy. */
export interface Grant {
  readonly id: string;
  /** ARNs of users, roles, sessions and accounts, as in a policy's `Principal`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: readonly GrantCondition[];
}

/** Works like one line of a statement's `Condition`, but takes its values literally. */
export interface GrantCondition {
  readonly operator: "StringEquals" | "StringEqualsIgnoreCase";
  readonly qualifier?: "ForAllValues";
  readonly key: string;
  readonly values: readonly string[];
}

export interface ResourcePolicy {
  readonly name: string;
  readonly document: string;
  /** `alone` for trust policies and KMS keys, `denies` where only a grant can allow; see `PolicySet.resourceRule`. */
  readonly rule: "alone" | "either" | "denies";
}

/** Decides about an access. Resolves to `undefined` if the caller is allowed, else to AWS's wording of the denial. */
export type Authorize = (call: Call, access: Access) => Promise<string | undefined>;
