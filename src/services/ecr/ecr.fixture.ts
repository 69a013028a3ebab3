import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { ECR } from "@aws-sdk/client-ecr";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import {
  applyLifecyclePolicies,
  dropOldUploads,
  type Ecr,
  ecrService,
  ecrStore,
  type Registry,
  registryTokens,
} from "./index.ts";

export { assertRefused } from "../../../test/support/refused.ts";

/** A registry in memory. */
function memoryRegistry() {
  const kept = new Map<string, Uint8Array>();
  const uploads = new Map<string, Buffer>();
  const registry: Registry = {
    endpoint: (host) => `http://${host}`,
    async send({ method, path, body }) {
      const answer = (status: number, bytes: Uint8Array = Buffer.alloc(0)) => ({
        status,
        headers: { "content-length": String(bytes.length) },
        body: (async function* () {
          if (method !== "HEAD") yield bytes;
        })(),
      });
      if (path.includes("/blobs/uploads/")) {
        const { status, headers = {} } = upload(method, path, body instanceof Uint8Array ? body : Buffer.alloc(0));
        return { ...answer(status, Buffer.from(status === 400 ? "DIGEST_INVALID" : "")), headers };
      }
      if (method === "PUT" && body instanceof Uint8Array) {
        const [, id] = path.split("/").slice(1);
        const { layers = [], manifests = [] } = JSON.parse(Buffer.from(body).toString());
        const lacks = [
          ...layers.filter(({ digest }: { digest: string }) => !kept.has(`/v2/${id}/blobs/${digest}`)),
          ...manifests.filter(({ digest }: { digest: string }) => !kept.has(`/v2/${id}/manifests/${digest}`)),
        ];
        if (lacks.length > 0) return answer(400, Buffer.from('{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN"}]}'));
        kept.set(path, body);
        return answer(201);
      }
      const found = kept.get(path);
      if (!found) return answer(404);
      if (method === "DELETE") kept.delete(path);
      return method === "DELETE" ? answer(202) : answer(200, found);
    },
  };

  /** A place is good for what came before, as the registry's are. */
  function upload(method: string, path: string, body: Uint8Array) {
    const [, id, upload = "", size = "0", digest] =
      /^\/v2\/([^/]+)\/blobs\/uploads\/([^?]*)(?:\?_state=(\d+)(?:&digest=(.+))?)?$/.exec(path) ?? [];
    const name = method === "POST" ? randomIds.uuid() : upload;
    const before = method === "POST" ? Buffer.alloc(0) : uploads.get(name);
    if (before?.length !== Number(size)) return { status: 404 };
    const after = Buffer.concat([before, body]);
    if (method === "DELETE") return { status: uploads.delete(name) ? 204 : 404 };
    if (method === "PUT") {
      if (digestOf(after) !== decodeURIComponent(digest ?? "")) return { status: 400 };
      kept.set(`/v2/${id}/blobs/${digestOf(after)}`, after);
      uploads.delete(name);
      return { status: 201 };
    }
    uploads.set(name, after);
    return { status: 202, headers: { location: `/v2/${id}/blobs/uploads/${name}?_state=${after.length}` } };
  }

  return { registry, kept, uploads };
}

/** ECR over a database and a registry in memory, with the real SDK client. */
function openEcr(database: Database) {
  const clock = fakeClock();
  const state: { principal: Principal; deny?: string } = { principal: rootPrincipal };
  const asked: Access[] = [];
  const hooks = new Map<string, () => Promise<unknown>>();
  const { registry, kept, uploads } = memoryRegistry();
  const authorize: Ecr["authorize"] = async (_call, access) => {
    asked.push(access);
    const hook = hooks.get(access.action);
    hooks.delete(access.action);
    await hook?.();
    return access.action === state.deny ? `not authorized to perform: ${access.action}` : undefined;
  };
  const context: Ecr = {
    ...{ store: ecrStore(database), ids: randomIds, authorize, registry },
    tokens: registryTokens(keyring(randomBytes(32))),
  };
  const client = (served: Ecr) =>
    new ECR(inProcess([ecrService(served)], { clock, authorize, principal: () => state.principal }));
  return {
    ...{ clock, state, asked, context, kept, uploads },
    ecr: client(context),
    /** The same where the server runs no registry. */
    unkept: client({ ...context, registry: undefined }),
    /** Does a round of the lifecycle policies. */
    expire: () => applyLifecyclePolicies(context, clock.now()),
    /** Does a round of the uploads. */
    dropOld: () => dropOldUploads(context, clock.now()),
    /** Runs `work` between the authorisation of the next such action and its run. */
    onceAuthorised: (action: string, work: () => Promise<unknown>) => void hooks.set(action, work),
  };
}

type Setting = ReturnType<typeof openEcr>;

/** A test on each kind of database, with the repository `app`. */
export function testEcr(name: string, run: (setting: Setting) => Promise<void>): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      const setting = openEcr(database);
      await setting.ecr.createRepository({ repositoryName: "app", tags: [{ Key: "team", Value: "red" }] });
      await run(setting);
    });
  }
}

export const notFound = {
  name: "RepositoryNotFoundException",
  message: "The repository with name 'gone' does not exist in the registry with id '111122223333'",
};

/** Deletes `app` and makes another of the name. */
export async function replaceRepository({ ecr }: Setting): Promise<void> {
  await ecr.deleteRepository({ repositoryName: "app", force: true });
  await ecr.createRepository({ repositoryName: "app" });
}

/** Puts a layer of `text` into `app` and resolves to its digest. */
export async function putLayer({ kept, context, state }: Setting, text: string): Promise<string> {
  const { account } = state.principal;
  const repository = await context.store.repositories.find({ account, region: "us-east-1" }, "app");
  const digest = digestOf(text);
  kept.set(`/v2/${repository?.id}/blobs/${digest}`, Buffer.from(text));
  return digest;
}

/** Pushes an image of one layer and resolves to its digest. */
export async function push(setting: Setting, text: string, imageTag?: string): Promise<string> {
  const manifest = manifestOf(await putLayer(setting, text), text.length);
  await setting.ecr.putImage({ repositoryName: "app", imageManifest: manifest, imageTag });
  return digestOf(manifest);
}

const imageType = "application/vnd.oci.image.manifest.v1+json";

export function manifestOf(layer: string, size = 1): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: imageType, layers: [{ digest: layer, size }] });
}

/** The manifest of a list of images. */
export function listOf(...digests: readonly string[]): string {
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const manifests = digests.map((digest) => ({ mediaType: imageType, digest, size: 1 }));
  return JSON.stringify({ schemaVersion: 2, mediaType, manifests });
}

export function digestOf(text: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** A lifecycle policy of rules in the order of their priority: each has its selection. */
export function lifecycleOf(...selections: readonly object[]): string {
  const rules = selections.map((selection, index) => ({
    ...{ rulePriority: index + 1, description: "a rule of a test, with some more words", selection },
    action: { type: "expire" },
  }));
  return JSON.stringify({ rules });
}

/** Begins a layer of `app` and sends its parts. */
export async function upload({ ecr }: Setting, ...parts: readonly Uint8Array[]): Promise<string> {
  const { uploadId } = await ecr.initiateLayerUpload({ repositoryName: "app" });
  let first = 0;
  for (const part of parts) {
    await ecr.uploadLayerPart(partOf(uploadId!, first, part));
    first += part.length;
  }
  return uploadId!;
}

export function partOf(uploadId: string, partFirstByte: number, layerPartBlob: Uint8Array) {
  const partLastByte = partFirstByte + layerPartBlob.length - 1;
  return { repositoryName: "app", uploadId, partFirstByte, partLastByte, layerPartBlob };
}
