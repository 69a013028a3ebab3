import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The first is what draws pages for programs only: it needs half of the processor. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/** The path of Chromium: the one that SEALIFT_CHROMIUM names, or one on the PATH; `undefined` where there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.SEALIFT_CHROMIUM, ...places].find((path) => path !== undefined && isProgram(path));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
