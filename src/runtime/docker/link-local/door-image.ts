import type Dockerode from "dockerode";
import { importProgramImage } from "../import-image.ts";
import { doorCode } from "./door-code.ts";

/** Makes sure that the Engine has the image of `door.c`, without asking any registry; resolves to its name. */
export async function importDoorImage(docker: Dockerode): Promise<string> {
  return importProgramImage(docker, "link-local", doorCode);
}
