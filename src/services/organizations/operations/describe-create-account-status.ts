import {
  CreateAccountStatusNotFoundException$,
  DescribeCreateAccountStatusCommand,
} from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { shownRequest } from "../accounts/shape.ts";
import type { Organizations } from "../context.ts";
import { managedOrganization } from "../organization/access.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html */
export const describeCreateAccountStatus = operation(DescribeCreateAccountStatusCommand)({
  find(input, call, context: Organizations) {
    managedOrganization(call, context);
    return context.accounts.requests.find(input.CreateAccountRequestId);
  },
  access: () => ({ resource: "*" }),
  async run(request) {
    if (!request) {
      throw new ApiError(
        CreateAccountStatusNotFoundException$,
        "You specified a create account request that doesn't exist.",
      );
    }
    return { CreateAccountStatus: shownRequest(request) };
  },
});
