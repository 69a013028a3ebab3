import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { search } from "./search.ts";

const arn = (resource: string) => `arn:aws:ecs:us-east-1:000000000000:${resource}`;

/** Two clusters. The services of `web` are listed, those of `closed` answer with the error. */
function apiWhere(code: string): Api {
  const answers = async (_service: string, operation: string, input: { readonly cluster?: string }) => {
    if (operation === "ListClusters") return { clusterArns: [arn("cluster/web"), arn("cluster/closed")] };
    if (input.cluster === arn("cluster/web")) return { serviceArns: [arn("service/web/web-api")] };
    throw new ApiError(code, "No", { status: 400, operation: "ecs:ListServices" });
  };
  return { region: "us-east-1", call: answers as unknown as Api["call"] };
}

test("search leaves out the services of a cluster whose reader may not list them", async () => {
  const hits = await search("WEB", apiWhere("AccessDeniedException"), {});
  assert.deepEqual(
    hits.map(({ name }) => name),
    ["web", "web-api"],
  );
});

test("search fails where services cannot be listed for another reason", async () => {
  await assert.rejects(search("web", apiWhere("ServerException"), {}), { code: "ServerException" });
});
