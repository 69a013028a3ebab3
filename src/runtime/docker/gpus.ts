import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ignoreMissing } from "../caught.ts";

/**
 * The ids of this machine's GPUs, as NVIDIA's driver tells them below `/proc` (`GPU Information` of each card). None where there is no such
 * driver.
 */
export async function findGpus(directory = "/proc/driver/nvidia/gpus"): Promise<readonly string[]> {
  const cards = (await readdir(directory).catch(ignoreMissing)) ?? [];
  const texts = await Promise.all(cards.sort().map((card) => readFile(join(directory, card, "information"), "utf8")));
  return texts.flatMap((text) => /^GPU UUID:\s*(GPU-\S+)/m.exec(text)?.[1] ?? []);
}
