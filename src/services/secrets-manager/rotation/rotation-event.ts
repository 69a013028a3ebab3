import type { ServiceEvent } from "../../../audit/index.ts";
import { placeOf } from "../secrets/secret.ts";
import type { Run } from "./rotation.ts";

/** The audit event of a rotation. https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html */
export function rotationEvent(
  arn: string,
  outcome: "Started" | "Succeeded" | "Failed" | "Abandoned",
  run: Run,
  details: Readonly<Record<string, unknown>>,
  time: Date,
): ServiceEvent {
  const { account, region } = placeOf(arn);
  return {
    account,
    region,
    service: "secretsmanager",
    name: `${run.kind === "test" ? "Test" : ""}Rotation${outcome}`,
    time,
    resources: [{ type: "AWS::SecretsManager::Secret", name: arn }],
    additionalData: { SecretId: arn, ClientRequestToken: run.token, ...details },
  };
}
