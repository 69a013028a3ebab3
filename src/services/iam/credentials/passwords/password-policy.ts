/** The rules for passwords of an account's users. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly allowChange: boolean;
  /** Days. */
  readonly maxAge: number | undefined;
  /** How many earlier passwords cannot be used again. */
  readonly reusePrevention: number | undefined;
  readonly hardExpiry: boolean | undefined;
}

const kinds = [
  { policy: "requireUppercase", name: "uppercase letter", pattern: /[A-Z]/ },
  { policy: "requireLowercase", name: "lowercase letter", pattern: /[a-z]/ },
  { policy: "requireNumbers", name: "number", pattern: /[0-9]/ },
  { policy: "requireSymbols", name: "symbol", pattern: /[!@#$%^&*()_+\-=[\]{}|']/ },
] as const;

/** The length and the number of kinds that a password needs where the account has no policy. */
const atLeast = { length: 8, kinds: 3 };

/**
 * Why a password is refused, or `undefined`. AWS's rule where the account has no policy: eight characters, three of the four
 * kinds, and not the account's name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
export function passwordFault(
  password: string,
  policy: PasswordPolicy | undefined,
  accountNames: readonly string[],
): string | undefined {
  const minimum = policy?.minimumLength ?? atLeast.length;
  if (password.length < minimum) return `Password should have a minimum length of ${minimum}`;
  const missing = kinds.filter(({ pattern }) => !pattern.test(password));
  const wanted = policy ? missing.filter((kind) => policy[kind.policy]) : missing;
  const faults = wanted.map(({ name }) => `Password should have at least one ${name}`).join(", ");
  if (policy) return faults === "" ? undefined : faults;
  const lacking = atLeast.kinds - (kinds.length - missing.length);
  if (lacking > 0) return `Password should meet ${lacking} more of the following requirements: ${faults}`;
  return accountNames.includes(password) ? "Password should not be the name of the account" : undefined;
}
