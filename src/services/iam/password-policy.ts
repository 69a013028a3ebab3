/** What passwords of an account's users must be like. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly allowChange: boolean;
  /** Days. */
  readonly maxAge: number | undefined;
  /** How many passwords before cannot be used again. */
  readonly reusePrevention: number | undefined;
  readonly hardExpiry: boolean | undefined;
}

const kinds = { uppercase: /[A-Z]/, lowercase: /[a-z]/, number: /[0-9]/, symbol: /[!@#$%^&*()_+\-=[\]{}|']/ };

/**
 * Why a password is refused, or `undefined`. Without a policy it is AWS's: eight characters, three of the four kinds, and
 * not the account's name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
export function passwordFault(
  password: string,
  policy: PasswordPolicy | undefined,
  accountNames: readonly string[],
): string | undefined {
  if (!policy) {
    const there = Object.values(kinds).filter((kind) => kind.test(password)).length;
    if (password.length < 8) return "Password should have a minimum length of 8";
    if (there < 3 || accountNames.includes(password)) {
      return "Password does not conform to the account password policy";
    }
    return undefined;
  }
  if (password.length < policy.minimumLength) {
    return `Password should have a minimum length of ${policy.minimumLength}`;
  }
  if (policy.requireUppercase && !kinds.uppercase.test(password)) {
    return "Password should have at least one uppercase letter";
  }
  if (policy.requireLowercase && !kinds.lowercase.test(password)) {
    return "Password should have at least one lowercase letter";
  }
  if (policy.requireNumbers && !kinds.number.test(password)) return "Password should have at least one number";
  if (policy.requireSymbols && !kinds.symbol.test(password)) {
    return "Password should have at least one of the following symbols: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '";
  }
  return undefined;
}
