import { ListServiceSpecificCredentialsCommand } from "@aws-sdk/client-iam";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { checkService } from "../credentials/service-credentials/service-credential.ts";
import { serviceCredentialSummary } from "../credentials/service-credentials/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { endPage, pageOf, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html */
export const listServiceSpecificCredentials = operation(ListServiceSpecificCredentialsCommand)({
  find: (input, call, context: Iam) => (input.AllUsers ? undefined : findUser(input, call, context)),
  access: (found, input, call) => (found ? onEntity(found, input, call) : onPath("user")(undefined, {}, call)),
  // Unlike IAM's other lists, AWS's answer does not say that it is whole.
  async run(found, input, { store }, call) {
    const { ServiceName: service } = input;
    if (service !== undefined) checkService(service);
    if (found) {
      const user = existing(found);
      const all = await store.serviceCredentials.list(user.id);
      const asked = service === undefined ? all : all.filter((credential) => credential.service === service);
      const { page, ...rest } = pageOf(asked, input, ({ id }) => id);
      const shown = page.map((credential) => serviceCredentialSummary(user, credential, call.time));
      return { ServiceSpecificCredentials: shown, ...(rest.IsTruncated && rest) };
    }
    if (input.UserName !== undefined) throw validationError("UserName cannot be given together with AllUsers");
    if (service === undefined) throw validationError("AllUsers needs a ServiceName");
    const asked = readPage(input);
    const options = { service, after: asked.after, limit: asked.limit + 1 };
    const listed = await store.serviceCredentials.listOfAccount(call.account, options);
    const { page, ...rest } = endPage(listed, asked, ({ credential }) => credential.id);
    const shown = page.map(({ user, credential }) => serviceCredentialSummary(user, credential, call.time));
    return { ServiceSpecificCredentials: shown, ...(rest.IsTruncated && rest) };
  },
});
