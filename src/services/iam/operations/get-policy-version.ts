import { GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onPolicy } from "../access.ts";
import type { Iam } from "../context.ts";
import { findPolicyVersion } from "../find.ts";
import { encodeDocument } from "../policy-document.ts";
import { versionSummary } from "../shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = operation(GetPolicyVersionCommand)({
  access: onPolicy("iam:GetPolicyVersion"),
  async run(input, { store }: Iam, call) {
    const { policy, version } = await findPolicyVersion(store, call, input);
    return { PolicyVersion: { Document: encodeDocument(version.document), ...versionSummary(policy, version) } };
  },
});
