import { newCall } from "../../front-door/new-call.ts";
import { serviceCall } from "../../front-door/service-call.ts";
import type { Call } from "../../model/call.ts";
import type { Violation } from "../../model/violations.ts";
import {
  type AskedRegistry,
  layerLinksPath,
  layerUploads,
  type Registry,
  type RegistryAnswer,
  type Upload,
  type UploadName,
} from "../../services/ecr/index.ts";
import type { ControlPlane } from "../control-plane.ts";
import type { HttpRequest, HttpResponse, Mount } from "../http/mounts.ts";
import { doorError, doorFailure, unauthorized, versionHeader } from "./door-answers.ts";
import { type DoorRequest, type NamedRepository, readDoorPath, repositoryOf } from "./door-request.ts";

/** Bytes. AWS's quota of a layer. */
const largestLayer = 52 * 1024 ** 3;
/** Bytes. AWS's limit of a manifest. */
const largestManifest = 4 * 1024 * 1024;
/** Milliseconds between two pieces of a layer. */
const patience = 60_000;

export interface RegistryDoorOptions {
  readonly plane: Pick<ControlPlane, "service" | "ecr" | "authorize" | "audit" | "surroundings">;
  readonly partition: string;
}

/**
 * The Docker Registry HTTP API, which `docker login`, push and pull speak. Who shows a token of GetAuthorizationToken may do what IAM
 * and the repository's policy allow under the names of ECR's actions; manifests are images of ECR, and layers flow through to the
 * registry.
 */
export function registryDoor({ plane, partition }: RegistryDoorOptions): Mount {
  const { clock, ids, onError } = plane.surroundings;
  const { ecr } = plane;

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const { registry } = ecr;
    if (!registry) return doorError(404, "UNSUPPORTED", "This server keeps no images: start Sealift with --registry");
    if (request.path.startsWith(layerLinksPath)) return linked(registry, request);
    const asked = askedRegistry(request);
    if (!asked) return unauthorized(request.headers.host ?? "");
    if (asked.expiresAt <= clock.now()) {
      return doorError(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
    }
    if (request.path === "/v2/") return { status: 200, headers: jsonHeaders, body: "{}" };
    const wanted = readDoorPath(request.path);
    if (!wanted) return doorError(404, "UNSUPPORTED", "The operation is unsupported");
    const repository = repositoryOf(wanted.name, asked);
    return serve({ registry, request, wanted, repository, call: callOf(request, asked, repository) });
  }

  function askedRegistry({ headers }: HttpRequest): AskedRegistry | undefined {
    const [, encoded = ""] = /^Basic ([\w+/=-]+)$/i.exec(headers.authorization ?? "") ?? [];
    const [user, password] = Buffer.from(encoded, "base64").toString().split(":");
    return user === "AWS" && password !== undefined ? ecr.tokens.open(password) : undefined;
  }

  function callOf(request: HttpRequest, { principal }: AskedRegistry, { region }: NamedRepository): Call {
    const time = clock.now();
    const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
    return newCall(request, { requestId, eventId, time, principal, region, partition });
  }

  /** Calls an operation of ECR as a request would. */
  async function callApi(call: Call, name: string, input: object): Promise<Record<string, unknown>> {
    const bound = await (await plane.service.ecr.load()).load(name);
    if (!bound) throw new Error(`ECR has no operation ${name}`);
    const violations: Violation[] = [];
    bound.check(input, "", violations);
    const [violation] = violations;
    if (violation) throw new InvalidName(violation.message);
    const { operation, context } = bound;
    return (await serviceCall({ ...plane, service: "ecr", context }, operation, input, call)) as Record<
      string,
      unknown
    >;
  }

  /** Does a part of an upload, under the action that AWS asks for. */
  async function upload(asked: Asked, name: UploadName, path: (id: string) => string): Promise<HttpResponse> {
    const { registry, request, repository, call, wanted } = asked;
    let passed: HttpResponse | undefined;
    const context: Upload = {
      ...ecr,
      async act({ id }) {
        const { method, body } = request;
        const hasBody = method === "PATCH" || method === "PUT";
        const headers = only(request.headers, ["content-type", "content-length", "content-range"]);
        const sent = await registry.send({ method, path: path(id), headers, ...(hasBody && { body }) });
        passed = passOn(sent, { id, name: wanted.name });
      },
    };
    const operation = (await layerUploads())[name];
    await serviceCall({ ...plane, service: "ecr", context }, operation, inputOf(repository), call);
    return passed ?? doorError(500, "UNKNOWN", "The registry failed");
  }

  async function serve(asked: Asked): Promise<HttpResponse> {
    const { registry, request, wanted, repository, call } = asked;
    const { method, query } = request;
    const isRead = method === "GET" || method === "HEAD";
    if (wanted.kind === "manifest" && isRead) return getManifest(asked, wanted.reference);
    if (wanted.kind === "manifest" && method === "PUT") return putManifest(asked, wanted.reference);
    if (wanted.kind === "layer" && method === "HEAD") {
      const input = { ...inputOf(repository), layerDigests: [wanted.digest] };
      const { layers } = await callApi(call, "BatchCheckLayerAvailability", input);
      const [layer] = layers as { layerAvailability?: string; layerSize?: number }[];
      if (layer?.layerAvailability !== "AVAILABLE") return doorError(404, "BLOB_UNKNOWN", "The layer does not exist");
      const headers = { "content-length": String(layer.layerSize), "docker-content-digest": wanted.digest };
      return { status: 200, headers: { ...versionHeader, ...octets, ...headers }, body: nothing() };
    }
    if (wanted.kind === "layer" && method === "GET") {
      await callApi(call, "GetDownloadUrlForLayer", { ...inputOf(repository), layerDigest: wanted.digest });
      const { asked: place } = { asked: { account: repository.registryId, region: repository.region } };
      const found = await ecr.store.repositories.find(place, repository.repositoryName);
      return found ? layer(registry, request, found.id, wanted.digest) : doorError(404, "NAME_UNKNOWN", "It is gone");
    }
    if (wanted.kind === "upload") {
      const at = (id: string) => `/v2/${id}/blobs/uploads/${wanted.upload}`;
      const withQuery = (id: string) => `${at(id)}?${query}`;
      // A mount would take a layer of another repository, whatever its policy says.
      if (method === "POST" && wanted.upload === "") return upload(asked, "InitiateLayerUpload", at);
      if (method === "PATCH" || method === "GET") return upload(asked, "UploadLayerPart", withQuery);
      if (method === "PUT") return upload(asked, "CompleteLayerUpload", withQuery);
      if (method === "DELETE") return upload(asked, "InitiateLayerUpload", withQuery);
    }
    if (wanted.kind === "tags" && method === "GET") return listTags(asked);
    return doorError(405, "UNSUPPORTED", "The operation is unsupported");
  }

  async function getManifest({ call, repository }: Asked, reference: string): Promise<HttpResponse> {
    const input = { ...inputOf(repository), imageIds: [imageIdOf(reference)] };
    const { images } = await callApi(call, "BatchGetImage", input);
    const [image] = images as {
      imageManifest: string;
      imageManifestMediaType: string;
      imageId: { imageDigest: string };
    }[];
    if (!image) return doorError(404, "MANIFEST_UNKNOWN", "Requested image not found");
    const headers = {
      "content-type": image.imageManifestMediaType,
      "docker-content-digest": image.imageId.imageDigest,
    };
    return { status: 200, headers: { ...versionHeader, ...headers }, body: image.imageManifest };
  }

  async function putManifest({ request, call, repository, wanted }: Asked, reference: string): Promise<HttpResponse> {
    const bytes = await request.body.read(largestManifest);
    if (typeof bytes === "string") return doorError(413, "MANIFEST_INVALID", "The manifest is too large");
    const input = {
      ...inputOf(repository),
      imageManifest: bytes.toString(),
      ...imageIdOf(reference),
      ...(request.headers["content-type"] !== undefined && {
        imageManifestMediaType: request.headers["content-type"],
      }),
    };
    let digest = imageIdOf(reference).imageDigest;
    try {
      const { image } = await callApi(call, "PutImage", input);
      digest = (image as { imageId: { imageDigest: string } }).imageId.imageDigest;
    } catch (error) {
      // To push what is there already is to have pushed it.
      if (!(error instanceof Error && "shape" in error && error.shape === "ImageAlreadyExistsException")) throw error;
      digest = /'(sha256:[0-9a-f]{64})'/.exec(error.message)?.[1] ?? digest;
    }
    const location = `/v2/${wanted.name}/manifests/${digest}`;
    const headers = { ...versionHeader, location, ...(digest && { "docker-content-digest": digest }) };
    return { status: 201, headers, body: "" };
  }

  async function listTags({ call, repository, wanted }: Asked): Promise<HttpResponse> {
    const tags: string[] = [];
    for (let nextToken: string | undefined; ; ) {
      const filter = { tagStatus: "TAGGED" };
      const input = { ...inputOf(repository), filter, maxResults: 1000, ...(nextToken && { nextToken }) };
      const page = await callApi(call, "ListImages", input);
      for (const { imageTag } of page.imageIds as { imageTag: string }[]) tags.push(imageTag);
      nextToken = page.nextToken as string | undefined;
      if (nextToken === undefined) break;
    }
    return { status: 200, headers: jsonHeaders, body: JSON.stringify({ name: wanted.name, tags: tags.sort() }) };
  }

  /** A layer for whoever has the link of GetDownloadUrlForLayer. */
  async function linked(registry: Registry, request: HttpRequest): Promise<HttpResponse> {
    const link = ecr.tokens.openLink(request.path.slice(layerLinksPath.length));
    if (!link || link.expiresAt <= clock.now()) return doorError(403, "DENIED", "The link has expired");
    return layer(registry, request, link.repositoryId, link.digest);
  }

  async function layer(registry: Registry, { headers, method }: HttpRequest, id: string, digest: string) {
    const path = `/v2/${id}/blobs/${digest}`;
    return passOn(await registry.send({ method, path, headers: only(headers, ["range"]) }), { id, name: "" });
  }

  return {
    prefix: "/v2/",
    largestBody: largestLayer,
    patience,
    async handle(request) {
      try {
        return await answer(request);
      } catch (error) {
        if (error instanceof InvalidName) return doorError(400, "NAME_INVALID", error.message);
        const failed = doorFailure(error);
        if (failed.status >= 500) onError(error);
        return failed;
      }
    },
  };
}

interface Asked {
  readonly registry: Registry;
  readonly request: HttpRequest;
  readonly wanted: DoorRequest;
  readonly repository: NamedRepository;
  readonly call: Call;
}

/** What a request names breaks ECR's model. */
class InvalidName extends Error {}

const jsonHeaders = { ...versionHeader, "content-type": "application/json" };
const octets = { "content-type": "application/octet-stream" };

async function* nothing(): AsyncGenerator<Uint8Array> {}

function inputOf({ repositoryName, registryId }: NamedRepository) {
  return { repositoryName, registryId };
}

function imageIdOf(reference: string): { imageDigest?: string; imageTag?: string } {
  return reference.includes(":") ? { imageDigest: reference } : { imageTag: reference };
}

function only(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const])),
  );
}

const passed = [
  "accept-ranges",
  "content-length",
  "content-range",
  "content-type",
  "docker-content-digest",
  "docker-upload-uuid",
  "etag",
  "range",
];

/** The registry's answer, with the repository's own name in place of its id. */
function passOn(
  { status, headers, body }: RegistryAnswer,
  { id, name }: { readonly id: string; readonly name: string },
): HttpResponse {
  const { location } = headers;
  const moved = location === undefined ? {} : { location: location.replace(`/v2/${id}/`, `/v2/${name}/`) };
  return { status, headers: { ...versionHeader, ...only(headers, passed), ...moved }, body };
}
