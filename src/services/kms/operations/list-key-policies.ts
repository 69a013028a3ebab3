import { ListKeyPoliciesCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html */
export const listKeyPolicies = operation(ListKeyPoliciesCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "ListKeyPolicies", managed: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(_found, input) {
    const names = ["default"].filter((name) => name > readMarker(input.Marker));
    return { PolicyNames: names, Truncated: false };
  },
});
