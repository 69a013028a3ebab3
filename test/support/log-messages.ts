import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";

/** All messages of a log stream, the first one first; none of a stream that is not there. */
export async function messagesIn(
  logs: CloudWatchLogs,
  stream: { readonly logGroupName: string; readonly logStreamName: string },
): Promise<string[]> {
  const messages: string[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await logs
      .getLogEvents({ ...stream, startFromHead: true, ...(nextToken && { nextToken }) })
      .catch((error: Error) => {
        if (error.name === "ResourceNotFoundException") return { events: [], nextForwardToken: nextToken };
        throw error;
      });
    messages.push(...(page.events ?? []).map(({ message = "" }) => message));
    if (page.nextForwardToken === nextToken) return messages;
    nextToken = page.nextForwardToken;
  }
}

/** The numbers of the lines `line 1`, `line 2` and so on; NaN for every other line. */
export async function countedIn(...where: Parameters<typeof messagesIn>): Promise<number[]> {
  return (await messagesIn(...where)).map((message) => Number(/^line (\d+)$/.exec(message)?.[1]));
}
