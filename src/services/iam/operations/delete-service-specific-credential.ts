import { DeleteServiceSpecificCredentialCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import {
  findServiceCredential,
  onServiceCredential,
  unchangedServiceCredential,
} from "../credentials/service-credentials/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html */
export const deleteServiceSpecificCredential = operation(DeleteServiceSpecificCredentialCommand)({
  find: findServiceCredential,
  access: onServiceCredential,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { credential } = await unchangedServiceCredential(store, found);
      await store.serviceCredentials.delete(credential.id);
    });
    return {};
  },
});
