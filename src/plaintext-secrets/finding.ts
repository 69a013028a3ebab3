/** A part of a task definition that looks like a secret in plain text. It never holds the value. */
export interface PlaintextFinding {
  readonly rule: PlaintextRule;
  /** JSON pointer into the definition: `/containerDefinitions/0/environment/2/value`. */
  readonly pointer: string;
  /** The container; absent for what belongs to the whole task, such as a volume. */
  readonly container?: string;
  /** The variable, option, label or flag. */
  readonly name?: string;
  /** Says what it is and why, for people: `environment variable "DB_PASSWORD" is named like a password`. */
  readonly message: string;
}

/** Each is said with examples in docs/plaintext-secrets.md. */
export type PlaintextRule =
  /** Its name says that it is a password, a key or a token. */
  | "plaintext-secret-name"
  /** A URL, a connection string or a header with a password in it. */
  | "plaintext-secret-url"
  /** It has the form of a known kind of key or token. */
  | "plaintext-secret-token"
  /** It is as random as a key. */
  | "plaintext-secret-random";
