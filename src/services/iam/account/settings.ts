import type { PasswordPolicy } from "../credentials/passwords/password-policy.ts";

/** The settings of an account. */
export interface AccountSettings {
  readonly alias: string | undefined;
  readonly passwordPolicy: PasswordPolicy | undefined;
  /** The version of the session tokens of STS's global endpoint. It is shown and changes nothing. */
  readonly tokenVersion: 1 | 2 | undefined;
  readonly credentialReport: { readonly content: string; readonly generatedAt: Date } | undefined;
}

/** A change of settings: `undefined` members stay as they are, `null` clears. */
export type AccountChanges = { readonly [K in keyof AccountSettings]?: AccountSettings[K] | null };
