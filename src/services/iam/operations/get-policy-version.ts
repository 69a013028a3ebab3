import { GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPolicy } from "../policies/access.ts";
import { encodeDocument } from "../policies/document.ts";
import { existingVersion, findPolicy } from "../policies/find.ts";
import { versionSummary } from "../policies/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = operation(GetPolicyVersionCommand)({
  find: findPolicy,
  access: onPolicy,
  async run(found, input, { store }) {
    const { policy, version } = await existingVersion(store, found, input.VersionId);
    return { PolicyVersion: { Document: encodeDocument(version.document), ...versionSummary(policy, version) } };
  },
});
