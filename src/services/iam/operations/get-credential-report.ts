import {
  CredentialReportExpiredException$,
  CredentialReportNotPresentException$,
  GetCredentialReportCommand,
} from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { reportLifetime } from "../credentials/credential-report.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html */
export const getCredentialReport = operation(GetCredentialReportCommand)({
  access: onAccount,
  async run(_found, _input, { store }: Iam, call) {
    const { credentialReport: report } = await store.account.settings(call.account);
    if (!report) throw new ApiError(CredentialReportNotPresentException$, "Credential report not present");
    if (call.time.getTime() - report.generatedAt.getTime() >= reportLifetime) {
      throw new ApiError(CredentialReportExpiredException$, "Credential report has expired");
    }
    return { Content: Buffer.from(report.content), ReportFormat: "text/csv", GeneratedTime: report.generatedAt };
  },
});
