import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../api/client.ts";
import { search } from "./search.ts";

test("search asks for no name that the API would refuse", async () => {
  const asked: unknown[] = [];
  const call = async (_service: string, _operation: string, input: object) => {
    asked.push(input);
    return { logGroups: [{ logGroupName: "/ecs/web" }] };
  };
  const api: Api = { region: "us-east-1", call: call as unknown as Api["call"] };
  for (const text of ["web 1", "订单", "arn:aws:logs", ""]) assert.deepEqual(await search(text, api, {}), []);
  const [hit] = await search("/ecs/w", api, {});
  assert.equal(hit?.to, "/cloudwatch/log-groups/%2Fecs%2Fweb");
  assert.deepEqual(asked, [{ logGroupNamePattern: "/ecs/w" }]);
});
