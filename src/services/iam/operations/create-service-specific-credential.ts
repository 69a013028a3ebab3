import { CreateServiceSpecificCredentialCommand } from "@aws-sdk/client-iam";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import {
  checkService,
  hasApiKeys,
  mostOfService,
  newServicePassword,
  newServiceUserName,
} from "../credentials/service-credentials/service-credential.ts";
import { serviceCredentialShape } from "../credentials/service-credentials/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

const day = 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
export const createServiceSpecificCredential = operation(CreateServiceSpecificCredentialCommand)({
  find: findUser,
  access: (found, input, call) => onEntity(found, input, call, serviceKeys(input)),
  async run(found, input, { store, ids }, call) {
    existing(found);
    const { ServiceName: service, CredentialAgeDays: days } = input;
    checkService(service);
    if (days !== undefined && !hasApiKeys(service)) {
      throw validationError(`Credentials for ${service} do not expire: CredentialAgeDays cannot be given`);
    }
    const createdAt = wholeSeconds(call.time);
    const expiresAt = days === undefined ? undefined : new Date(createdAt.getTime() + days * day);
    const id = uniqueId("ACCA", call.account, ids);
    const { user, credential } = await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      const others = (await store.serviceCredentials.list(user.id)).filter((other) => other.service === service);
      if (others.length >= mostOfService) throw quotaExceeded("ServiceSpecificCredentialsPerUser", mostOfService);
      const serviceUserName = newServiceUserName(user, others);
      const credential = { id, service, serviceUserName, active: true, createdAt, expiresAt };
      await store.serviceCredentials.insert(user.id, credential);
      return { user, credential };
    });
    const password = newServicePassword(credential, ids);
    return { ServiceSpecificCredential: serviceCredentialShape(user, credential, password, call.time) };
  },
});

/** The condition keys of what is to be made. */
function serviceKeys(input: { readonly ServiceName: string; readonly CredentialAgeDays?: number }) {
  return {
    "iam:ServiceSpecificCredentialServiceName": input.ServiceName,
    ...(input.CredentialAgeDays !== undefined && {
      "iam:ServiceSpecificCredentialAgeDays": String(input.CredentialAgeDays),
    }),
  };
}
