import {
  CreateAccountStatusNotFoundException$,
  DescribeCreateAccountStatusCommand,
} from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { shownRequest } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { refuseMember } from "../errors.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html */
export const describeCreateAccountStatus = operation(DescribeCreateAccountStatusCommand)({
  access(_input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    return { action: "organizations:DescribeCreateAccountStatus", resource: "*" };
  },
  async run(input, { accounts }) {
    const request = await accounts.findRequest(input.CreateAccountRequestId);
    if (!request) {
      throw new ApiError(
        CreateAccountStatusNotFoundException$,
        "You specified a create account request that doesn't exist.",
      );
    }
    return { CreateAccountStatus: shownRequest(request) };
  },
});
