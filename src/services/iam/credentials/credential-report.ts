import { entityArn, type User } from "../entities/entity.ts";
import type { AccessKey } from "./access-keys/access-key.ts";
import type { LoginProfile } from "./passwords/login-profile.ts";
import type { SigningCertificate } from "./signing-certificates/signing-certificate.ts";
import type { Use } from "./uses.ts";

/** The credentials of one user. */
export interface Credentials {
  readonly user: User;
  readonly profile: LoginProfile | undefined;
  readonly hasMfaDevice: boolean;
  readonly keys: readonly AccessKey[];
  readonly certificates: readonly SigningCertificate[];
  /** The last uses of the keys, by id. */
  readonly uses: ReadonlyMap<string, Use>;
}

/** Milliseconds for which a report is good. */
export const reportLifetime = 4 * 60 * 60 * 1000;

const day = 24 * 60 * 60 * 1000;

const keyColumns = (number: number) =>
  ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"].map(
    (name) => `access_key_${number}_${name}`,
  );

const columns = [
  ...["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"],
  ...["password_next_rotation", "mfa_active", ...keyColumns(1), ...keyColumns(2)],
  ...["cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated"],
];

const none = "N/A";
const noKey = ["false", none, none, none, none];
const noCertificate = ["false", none];

/**
 * The account's credentials as comma-separated values. The root user always has an access key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function credentialReport(
  { partition, account }: { readonly partition: string; readonly account: string },
  users: readonly Credentials[],
  maxPasswordAge: number | undefined,
): string {
  const root = [
    ...["<root_account>", `arn:${partition}:iam::${account}:root`, none],
    ...["not_supported", "no_information", "not_supported", "not_supported", "false"],
    ...["true", none, none, none, none, ...noKey, ...noCertificate, ...noCertificate],
  ];
  const rows = users.map(({ user, profile, hasMfaDevice, keys, certificates, uses }) => [
    user.name,
    entityArn({ partition, account }, "user", user.path, user.name),
    time(user.createdAt),
    ...(profile ? password(profile, maxPasswordAge) : ["false", none, none, none]),
    String(hasMfaDevice),
    ...[0, 1].flatMap((index) => key(keys[index], uses)),
    ...[0, 1].flatMap((index) => certificate(certificates[index])),
  ]);
  return [columns, root, ...rows].map((row) => row.map(quoted).join(",")).join("\n");
}

function password({ changedAt }: LoginProfile, maxAge: number | undefined): string[] {
  const next = maxAge === undefined ? none : time(new Date(changedAt.getTime() + maxAge * day));
  return ["true", "no_information", time(changedAt), next];
}

function key(key: AccessKey | undefined, uses: ReadonlyMap<string, Use>): string[] {
  if (!key) return noKey;
  const use = uses.get(key.id);
  return [
    ...[String(key.active), time(key.createdAt)],
    ...(use ? [time(use.usedAt), use.region, use.service] : [none, none, none]),
  ];
}

function certificate(certificate: SigningCertificate | undefined): string[] {
  return certificate ? [String(certificate.active), time(certificate.createdAt)] : noCertificate;
}

/** `2026-01-02T03:04:05+00:00`. */
function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}

/** Names may hold commas. */
function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
