/** Who signed a request. */
export interface Principal {
  /**
   * `federated-user`: a session that GetFederationToken gave. `web-identity`: who comes with an identity provider's token
   * and has signed nothing.
   */
  readonly kind: "root" | "user" | "assumed-role" | "federated-user" | "web-identity" | "service";
  /**
   * `arn:aws:iam::…:root`, `…:user/…`, `arn:aws:sts::…:assumed-role/role/session`, `…:federated-user/name`, the identity
   * provider (`arn:aws:iam::…:oidc-provider/…`), or a service's name.
   */
  readonly arn: string;
  readonly account: string;
  /** What `aws:userid` and GetCallerIdentity show. */
  readonly userId: string;
  readonly accessKeyId: string;
  readonly userName?: string;
  /** Of an assumed role: the role itself. */
  readonly roleArn?: string;
  /** Of a federated user: who made the session, absent where root did. Its policies are the session's, narrowed. */
  readonly federatingUser?: { readonly arn: string; readonly userId: string };
  /** Policies that narrow the session: documents, or ARNs of managed policies. */
  readonly sessionPolicies?: readonly string[];
  /** Tags of the session; those of the user or role come from IAM. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys among `tags` that pass on to the roles that the session assumes. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly sessionIssuedAt?: Date;
  /** Condition keys that the token or session brings along: `token.actions.githubusercontent.com:sub`. */
  readonly sessionKeys?: Readonly<Record<string, string | readonly string[]>>;
}

/** One authenticated request, apart from its input. */
export interface Call {
  readonly requestId: string;
  /** Of the event that the call leaves in the audit trail. */
  readonly eventId: string;
  readonly principal: Principal;
  /** The account whose resources are meant. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly time: Date;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** The request's `Host`: the name under which the caller reaches this server. */
  readonly host: string;
  /** The service that makes the call for the caller, by itself: it came through no request. */
  readonly invokedBy?: string;
  /** Services that the caller's request came through before this one, by their principals, the first one first. */
  readonly calledVia?: readonly string[];
  /** What has been decided about the call so far, in order; whoever authorises adds to it. */
  readonly decisions: AccessDecision[];
}

/** What was decided about one access. */
export interface AccessDecision {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly effect: "allow" | "explicit-deny" | "implicit-deny";
  /** The kind of policy that decided; see `Decision` of `policy/`. */
  readonly by: "root" | "identity" | "resource" | "grant" | "session" | "boundary";
  /** The statement that allowed or denied. */
  readonly statement?: { readonly policy: string; readonly index: number; readonly sid?: string };
  /** What was asked, where it was denied. */
  readonly access?: Access;
  /** How it came about, worked out when asked for: what `explain` of `policy/` reads. Safe as JSON. */
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
  /** Services through which the caller asks; those of the call unless given. */
  readonly calledVia?: readonly string[];
  /** Condition keys of the service and the resource (`kms:ViaService`, `aws:ResourceTag/team`). */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
  readonly resourcePolicy?: ResourcePolicy;
  /** What the resource's grants allow the caller; read only where nothing else allows, so that most requests read none. */
  readonly grants?: () => Promise<readonly Grant[]>;
}

/** An allow from the resource's side beside its policy. */
export interface Grant {
  readonly id: string;
  /** ARNs of users, roles, sessions and accounts, as in a policy's `Principal`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: readonly GrantCondition[];
}

/** As one line of a statement's `Condition`, its values taken literally. */
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

/** Decides whether the caller may; `undefined` when it may, else AWS's wording of the denial. */
export type Authorize = (call: Call, access: Access) => Promise<string | undefined>;
