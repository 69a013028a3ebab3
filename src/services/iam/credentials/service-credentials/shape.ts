import type { ServiceSpecificCredential, ServiceSpecificCredentialMetadata } from "@aws-sdk/client-iam";
import { defined } from "../../../../defined.ts";
import type { User } from "../../entities/entity.ts";
import { statusOf } from "../status.ts";
import { hasApiKeys, type ServiceCredential } from "./service-credential.ts";

/** A credential in a list. One whose time is over is `Expired` whatever it was set to. */
export function serviceCredentialSummary(
  user: Pick<User, "name">,
  { id, service, serviceUserName, active, createdAt, expiresAt }: ServiceCredential,
  time: Date,
): ServiceSpecificCredentialMetadata {
  return {
    UserName: user.name,
    Status: expiresAt && expiresAt.getTime() <= time.getTime() ? "Expired" : statusOf(active),
    ...(hasApiKeys(service) ? { ServiceCredentialAlias: serviceUserName } : { ServiceUserName: serviceUserName }),
    CreateDate: createdAt,
    ...defined({ ExpirationDate: expiresAt }),
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  };
}

/** A credential with its password, which is shown when it is made. */
export function serviceCredentialShape(
  user: User,
  credential: ServiceCredential,
  password: string,
  time: Date,
): ServiceSpecificCredential {
  const { CreateDate, ServiceName, ServiceSpecificCredentialId, UserName, Status, ...rest } = serviceCredentialSummary(
    user,
    credential,
    time,
  );
  return {
    ...{ CreateDate, ServiceName, ServiceSpecificCredentialId, UserName, Status, ...rest },
    ...(hasApiKeys(credential.service) ? { ServiceCredentialSecret: password } : { ServicePassword: password }),
  };
}
