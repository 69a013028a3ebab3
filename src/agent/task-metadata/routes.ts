import { type Answer, type MetadataRequest, plain } from "./answer.ts";
import type { Metadata } from "./metadata.ts";
import { associations } from "./routes/associations.ts";
import { credentials } from "./routes/credentials.ts";
import { fault } from "./routes/fault.ts";
import { taskProtection } from "./routes/task-protection.ts";
import { v2 } from "./routes/v2.ts";
import { v3 } from "./routes/v3.ts";
import { v4 } from "./routes/v4.ts";

type Answering = (metadata: Metadata, request: MetadataRequest, parts: readonly string[]) => Promise<Answer> | Answer;

interface Route {
  /** Groups are what `answer` gets. */
  readonly path: RegExp;
  /** All unless given. */
  readonly methods?: readonly string[];
  readonly answer: Answering;
}

const versioned = { 3: v3, 4: v4 } as const;

const routes: readonly Route[] = [
  {
    path: /^\/v1\/credentials$/,
    answer: (metadata, request) => credentials(metadata, 1, request.query.get("id") ?? "", request),
  },
  {
    path: /^\/v2\/credentials\/(.*)$/,
    answer: (metadata, request, [id = ""]) => credentials(metadata, 2, id, request),
  },
  {
    path: /^\/v2\/metadata(WithTags)?(?:\/(.*))?$/,
    answer: (metadata, request, [tags, container = ""]) =>
      v2.metadata(metadata, container, request, tags !== undefined),
  },
  {
    path: /^\/v2\/stats(?:\/(.*))?$/,
    answer: (metadata, request, [container = ""]) => v2.stats(metadata, container, request),
  },
  {
    path: /^\/v([34])\/([^/]*)$/,
    answer: (metadata, request, [version, id = ""]) => of(version).container(metadata, id, request),
  },
  {
    path: /^\/v([34])\/([^/]*)\/task(WithTags)?$/,
    answer: (metadata, request, [version, id = "", tags]) =>
      of(version).task(metadata, id, request, tags !== undefined),
  },
  {
    path: /^\/v([34])\/([^/]*)\/stats$/,
    answer: (metadata, request, [version, id = ""]) => of(version).containerStats(metadata, id, request),
  },
  {
    path: /^\/v([34])\/([^/]*)\/task\/stats$/,
    answer: (metadata, request, [version, id = ""]) => of(version).taskStats(metadata, id, request),
  },
  {
    path: /^\/v([34])\/([^/]*)\/associations\/([^/]*)(?:\/(.*))?$/,
    answer: (metadata, request, [version, id = "", type = "", name]) =>
      associations(
        metadata,
        id,
        { version: version === "3" ? 3 : 4, type, ...(name !== undefined && { name }) },
        request,
      ),
  },
  {
    path: /^\/api\/([^/]*)\/task-protection\/v1\/state$/,
    methods: ["GET", "PUT"],
    answer: (metadata, request, [id = ""]) => taskProtection(metadata, id, request),
  },
  {
    path: /^\/api\/([^/]*)\/fault\/v1\/network-(?:blackhole-port|latency|packet-loss)\/(?:start|stop|status)$/,
    methods: ["POST"],
    answer: (metadata, request, [id = ""]) => fault(metadata, id, request),
  },
];

function of(version: string | undefined): typeof v3 | typeof v4 {
  return versioned[version === "3" ? 3 : 4];
}

/** Answers a request that is within its rate. */
export async function route(metadata: Metadata, request: MetadataRequest): Promise<Answer> {
  const clean = request.path.replace(/\/{2,}/g, "/");
  if (clean !== request.path) return { ...plain(301, ""), headers: { location: clean } };
  for (const { path, methods, answer } of routes) {
    const match = path.exec(clean);
    if (!match) continue;
    if (methods && !methods.includes(request.method)) return plain(405, "");
    return answer(metadata, request, match.slice(1));
  }
  return plain(404, "404 page not found\n");
}
