import { UpdateServiceSpecificCredentialCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import {
  findServiceCredential,
  onServiceCredential,
  unchangedServiceCredential,
} from "../credentials/service-credentials/find.ts";
import { isActive } from "../credentials/status.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html */
export const updateServiceSpecificCredential = operation(UpdateServiceSpecificCredentialCommand)({
  find: findServiceCredential,
  access: onServiceCredential,
  async run(found, input, { store }) {
    const active = isActive(input);
    await store.transaction(async (store) => {
      const { credential } = await unchangedServiceCredential(store, found);
      await store.serviceCredentials.setActive(credential.id, active);
    });
    return {};
  },
});
