import { RuntimeError } from "./runtime-error.ts";
import type { Volume, Volumes } from "./volumes.ts";

/** Volumes that hold nothing. `isUsed` says whether a container has the volume. */
export function fakeVolumes(isUsed: (name: string) => boolean): Volumes {
  const volumes = new Map<string, Volume>();
  return {
    async create({ name, driver = "local", driverOptions = {}, labels }) {
      if (!volumes.has(name)) volumes.set(name, { name, driver, driverOptions, labels, path: `/volumes/${name}` });
    },
    async remove(name) {
      if (isUsed(name)) throw new RuntimeError("CannotRemoveVolumeError", `volume "${name}" is in use`);
      volumes.delete(name);
    },
    async list(labels) {
      const wanted = Object.entries(labels);
      return [...volumes.values()].filter((volume) => wanted.every(([name, value]) => volume.labels[name] === value));
    },
    inspect: async (name) => volumes.get(name),
  };
}

/** True if a container of this `hostConfig` has the volume. */
export function usesVolume(hostConfig: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  const binds: unknown = hostConfig?.Binds;
  return Array.isArray(binds) && binds.some((bind) => String(bind).startsWith(`${name}:`));
}
