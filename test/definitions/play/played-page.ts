import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clientsOf } from "../../support/clients.ts";
import { connectDocker } from "../../support/docker.ts";
import { openObjectStore } from "../../support/object-store.ts";
import { startSealift } from "../../support/sealift.ts";
import { throwAwayDirectory } from "../../support/throw-away.ts";
import { account, corpus, type Definition } from "./corpus.ts";
import { page } from "./page.ts";
import { type Outcome, play } from "./play.ts";
import { environmentFilesOf, prepare } from "./prepare.ts";
import { importStandIns } from "./stand-in-images.ts";

/** Tasks at a time: most wait for a health check. */
const together = 8;

/** Plays the corpus on a server of its own and resolves to docs/definitions.md as it follows from that. */
export async function playedPage(): Promise<string> {
  await using files = await throwAwayDirectory();
  const definitions = corpus().map((definition) => onPathsOf(files.path, definition));
  const docker = await connectDocker();
  await importStandIns(docker, definitions);
  await writeFile(join(files.path, "docker.sock"), "");
  await using store = await openObjectStore({ objects: environmentFilesOf(definitions) });
  const flags = ["--account", account, "--s3-endpoint", store.endpoint];
  await using sealift = await startSealift({ runtime: "docker", flags });
  const clients = clientsOf(sealift);
  await prepare(clients, definitions);
  const outcomes: Outcome[] = [];
  // Tasks of FARGATE may take all that the machine has, and share it; the others must find room.
  const isFargate = (definition: Definition) =>
    Number(definition.requiresCompatibilities?.includes("FARGATE") ?? false);
  const waiting = definitions.toSorted((one, other) => isFargate(one) - isFargate(other));
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await play(clients.ecs, next));
  }
  await Promise.all(Array.from({ length: together }, work));
  await rm(join(files.path, "docker.sock"));
  return page(definitions, outcomes);
}

/** Two paths of the machine that a definition may name are not the tests' to make: the Engine's socket, and a folder for data. */
function onPathsOf(folder: string, definition: Definition): Definition {
  return {
    ...definition,
    volumes: definition.volumes?.map((volume) => {
      const path = volume.host?.sourcePath ?? "";
      if (path.endsWith("/docker.sock")) return { ...volume, host: { sourcePath: join(folder, "docker.sock") } };
      return path.startsWith("/tmp/") ? { ...volume, host: { sourcePath: folder } } : volume;
    }),
  };
}
