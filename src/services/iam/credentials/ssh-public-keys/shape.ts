import type { SSHPublicKey as SshPublicKeyShape } from "@aws-sdk/client-iam";
import type { User } from "../../entities/entity.ts";
import { statusOf } from "../status.ts";
import { type Encoding, fingerprintOf, pemOf } from "./rsa-key.ts";
import type { SshPublicKey } from "./ssh-public-key.ts";

/** A key in a list. */
export function sshPublicKeySummary(user: User, { id, active, createdAt }: SshPublicKey) {
  return { UserName: user.name, SSHPublicKeyId: id, Status: statusOf(active), UploadDate: createdAt };
}

export function sshPublicKeyShape(user: User, key: SshPublicKey, encoding: Encoding): SshPublicKeyShape {
  return {
    ...sshPublicKeySummary(user, key),
    Fingerprint: fingerprintOf(key.body),
    SSHPublicKeyBody: encoding === "PEM" ? pemOf(key.body) : key.body,
  };
}
