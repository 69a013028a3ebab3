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

export const plaintextRules = {
  "plaintext-secret-name": "Its name says that it is a password, a key or a token.",
  "plaintext-secret-url": "A URL or a connection string with a password in it.",
  "plaintext-secret-token": "It has the form of a known kind of key or token.",
  "plaintext-secret-random": "It is as random as a key.",
} as const;

export type PlaintextRule = keyof typeof plaintextRules;
