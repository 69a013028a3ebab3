import { ResetServiceSpecificCredentialCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import {
  findServiceCredential,
  onServiceCredential,
  unchangedServiceCredential,
} from "../credentials/service-credentials/find.ts";
import { newServicePassword } from "../credentials/service-credentials/service-credential.ts";
import { serviceCredentialShape } from "../credentials/service-credentials/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html: no password is kept. */
export const resetServiceSpecificCredential = operation(ResetServiceSpecificCredentialCommand)({
  find: findServiceCredential,
  access: onServiceCredential,
  async run(found, _input, { store, ids }, call) {
    const { user, credential } = await store.transaction((store) => unchangedServiceCredential(store, found));
    const password = newServicePassword(credential, ids);
    return { ServiceSpecificCredential: serviceCredentialShape(user, credential, password, call.time) };
  },
});
