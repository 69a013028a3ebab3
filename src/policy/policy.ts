/** The parts of an IAM policy for the engine, and its decisions. Pure: no I/O, no clock. */

/** A policy document that `parsePolicy` has found well formed. */
export interface Policy {
  readonly version: "2012-10-17" | "2008-10-17";
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Exactly one of `principal` and `notPrincipal` in resource-based policies; neither in identity-based ones. */
  readonly principal?: Principals;
  readonly notPrincipal?: Principals;
  readonly action?: readonly string[];
  readonly notAction?: readonly string[];
  readonly resource?: readonly string[];
  readonly notResource?: readonly string[];
  readonly conditions: readonly Condition[];
}

/** `{"AWS": "*"}` and `"*"` are `{ everyone: true }`. */
export interface Principals {
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

export interface Condition {
  /** The operator without set qualifier and `IfExists`, in IAM's spelling: `StringEquals`, `ArnLike`, `Null`, … */
  readonly operator: string;
  readonly qualifier?: "ForAnyValue" | "ForAllValues";
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** The caller, in the forms that a `Principal` element can name. */
export interface PrincipalIdentity {
  /**
   * `arn:aws:iam::…:root`, `…:user/…`, `arn:aws:sts::…:assumed-role/role/session`, `…:federated-user/name`, an identity
   * provider (`arn:aws:iam::…:oidc-provider/…`), or a service (`ecs-tasks.amazonaws.com`).
   */
  readonly arn: string;
  readonly account: string;
  readonly kind: "root" | "user" | "assumed-role" | "federated-user" | "web-identity" | "service";
  /** For an assumed role, the role's own ARN (`arn:aws:iam::…:role/…`). */
  readonly roleArn?: string;
  /** For a federated user, the user who made the session; absent if root did. */
  readonly federatingUser?: { readonly arn: string };
}

/** The value or values of a condition key. */
export type ContextValue = string | readonly string[];

export interface PolicyRequest {
  readonly principal: PrincipalIdentity;
  /** `service:Operation`. */
  readonly action: string;
  readonly resource: string;
  /** Account that owns the resource. */
  readonly resourceAccount: string;
  /**
   * Condition keys in lower case (`aws:sourceip`, `kms:encryptioncontext:parameter_arn`), each with one or more values; or a
   * function that finds a key's.
   */
  readonly context: Readonly<Record<string, ContextValue>> | ((key: string) => ContextValue | undefined);
}

/** A policy and the name under which decisions and denials show it. */
export interface NamedPolicy {
  /** An ARN for managed policies, the inline policy's name otherwise. */
  readonly name: string;
  readonly policy: Policy;
}

export interface PolicySet {
  /** Policies of the user, its groups or the role; root has none and needs none. */
  readonly identity: readonly NamedPolicy[];
  /** Policies given when the session was made; they only narrow. */
  readonly session?: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** The resource's own policy: a secret's, a key's, a role's trust policy. */
  readonly resource?: NamedPolicy;
  /**
   * `alone`: only the resource's policy counts, as for a trust policy or a KMS key (whose policy hands the decision on to
   * identity policies by naming the account). `either`: identity or resource policy may allow within one account.
   * `denies`: the resource's policy can only deny, and a grant has to allow.
   */
  readonly resourceRule?: "alone" | "either" | "denies";
  /** The resource's grants, each as a policy with principals; they count if nothing else allows. */
  readonly grants?: readonly NamedPolicy[];
}

/** A decision, and the policy that made it. */
export interface Decision {
  readonly effect: "allow" | "explicit-deny" | "implicit-deny";
  /** The kind of policy that decided; for an implicit deny, the kind that does not allow. */
  readonly by: "root" | "identity" | "resource" | "grant" | "session" | "boundary";
  /** The statement that allowed or denied; absent for an implicit deny. */
  readonly statement?: { readonly policy: string; readonly index: number; readonly sid?: string };
}
