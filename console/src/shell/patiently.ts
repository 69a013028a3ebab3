/** Loads a module again when the network was away for a moment, as it is when a container's network comes up on this machine. */
export async function patiently<Module>(load: () => Promise<Module>): Promise<Module> {
  for (const wait of [250, 1_000]) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return load();
}
