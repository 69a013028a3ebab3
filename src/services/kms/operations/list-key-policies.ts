import { ListKeyPoliciesCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html */
export const listKeyPolicies = operation(ListKeyPoliciesCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "ListKeyPolicies", input.KeyId, toRead),
  async run(input) {
    const names = ["default"].filter((name) => name > readMarker(input.Marker));
    return { PolicyNames: names, Truncated: false };
  },
});
