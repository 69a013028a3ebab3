import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import { type Group, groupArn, type Place } from "./group.ts";

/** A group as DescribeLogGroups shows it. */
export function shownGroup(
  place: Place,
  group: Group,
  { size, metricFilters }: { readonly size: number; readonly metricFilters: number },
): LogGroup {
  const arn = groupArn(place, group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...defined({ retentionInDays: group.retentionDays, kmsKeyId: group.kmsKeyArn }),
    metricFilterCount: metricFilters,
    arn: `${arn}:*`,
    storedBytes: size,
    logGroupClass: group.class,
    logGroupArn: arn,
    deletionProtectionEnabled: group.isProtected,
  };
}
