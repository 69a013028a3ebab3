import type { ServerCertificateMetadata } from "@aws-sdk/client-iam";
import type { Call } from "../../../model/call.ts";
import { type ServerCertificate, serverCertificateArn } from "./server-certificate.ts";

export function serverCertificateMetadata(
  call: Pick<Call, "partition">,
  { id, account, name, path, createdAt, expiresAt }: ServerCertificate,
): ServerCertificateMetadata {
  return {
    Path: path,
    ServerCertificateName: name,
    ServerCertificateId: id,
    Arn: serverCertificateArn({ ...call, account }, path, name),
    UploadDate: createdAt,
    Expiration: expiresAt,
  };
}
