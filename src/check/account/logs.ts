import { DescribeLogGroupsCommand, ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Group } from "../../services/logs/index.ts";
import { once, seen } from "./account.ts";
import type { Calls } from "./calls.ts";

/** Log groups of CloudWatch Logs. */
export function logsReader(calls: Calls, account: string) {
  const logGroup = once(async (region: string, name: string): Promise<Group | undefined> => {
    for (let nextToken: string | undefined; ; ) {
      const input = { logGroupNamePrefix: name, nextToken };
      const page = await seen("logs:DescribeLogGroups", name, () =>
        calls.send(new DescribeLogGroupsCommand(input), region),
      );
      const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
      if (found) {
        const resourceArn = (found.logGroupArn ?? found.arn ?? "").replace(/:\*$/, "");
        const call = () => calls.send(new ListTagsForResourceCommand({ resourceArn }), region);
        const { tags = {} } = await seen("logs:ListTagsForResource", resourceArn, call);
        return {
          id: resourceArn,
          account,
          region,
          name,
          createdAt: found.creationTime ?? 0,
          retentionDays: found.retentionInDays,
          class: "STANDARD",
          isProtected: false,
          tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
          keyId: "",
          kmsKeyArn: found.kmsKeyId,
        };
      }
      nextToken = page.nextToken;
      if (nextToken === undefined) return undefined;
    }
  });
  return { logGroup };
}
