import type { SigningCertificate as SigningCertificateShape } from "@aws-sdk/client-iam";
import type { User } from "../../entities/entity.ts";
import { statusOf } from "../status.ts";
import type { SigningCertificate } from "./signing-certificate.ts";

export function signingCertificateShape(
  user: User,
  { id, body, active, createdAt }: SigningCertificate,
): SigningCertificateShape {
  return {
    UserName: user.name,
    CertificateId: id,
    CertificateBody: body,
    Status: statusOf(active),
    UploadDate: createdAt,
  };
}
