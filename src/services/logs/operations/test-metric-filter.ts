import { TestMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { requestedPattern } from "../filters/requested.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html */
export const testMetricFilter = operation(TestMetricFilterCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, _context: Logs) {
    const filter = requestedPattern(input.filterPattern);
    return {
      matches: input.logEventMessages.flatMap((eventMessage, index) =>
        filter.matches(eventMessage)
          ? [{ eventNumber: index + 1, eventMessage, extractedValues: filter.extract(eventMessage) }]
          : [],
      ),
    };
  },
});
