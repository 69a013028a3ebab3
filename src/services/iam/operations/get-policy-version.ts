import { GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { findPolicyVersion } from "../entities/find.ts";
import { versionSummary } from "../entities/shape.ts";
import { encodeDocument } from "../policies/document.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = operation(GetPolicyVersionCommand)({
  access: onPolicy("iam:GetPolicyVersion"),
  async run(input, { store }: Iam, call) {
    const { policy, version } = await findPolicyVersion(store, call, input);
    return { PolicyVersion: { Document: encodeDocument(version.document), ...versionSummary(policy, version) } };
  },
});
