import type { VolumeInspectInfo } from "dockerode";
import { defined } from "../../defined.ts";
import type { Volume, Volumes } from "../volumes.ts";
import type { Engine } from "./engine.ts";
import { isMissing, named, unless } from "./engine-error.ts";
import { runtimeLabel } from "./labels.ts";

/** The Engine's volumes. Those that this runtime made carry its prefix. */
export function dockerVolumes({ connect, prefix }: Engine): Volumes {
  const volume = async (name: string) => (await connect()).getVolume(name);
  return {
    create: ({ name, driver, driverOptions, labels }) =>
      named("CannotCreateVolumeError", async () => {
        const docker = await connect();
        const options = defined({ Driver: driver, DriverOpts: driverOptions && { ...driverOptions } });
        await docker.createVolume({ Name: name, Labels: { ...labels, [runtimeLabel]: prefix }, ...options });
      }),
    remove: (name) =>
      named("CannotRemoveVolumeError", async () => {
        await unless(isMissing, (await volume(name)).remove());
      }),
    list: (labels) =>
      named("CannotListVolumesError", async () => {
        const wanted = Object.entries({ ...labels, [runtimeLabel]: prefix }).map(([name, value]) => `${name}=${value}`);
        const { Volumes: found } = await (await connect()).listVolumes({ filters: { label: wanted } });
        return (found ?? []).map(volumeOf);
      }),
    inspect: (name) =>
      named("CannotInspectVolumeError", async () => {
        const found = await unless(isMissing, (await volume(name)).inspect());
        return found && volumeOf(found);
      }),
  };
}

function volumeOf({ Name, Driver, Options, Labels, Mountpoint }: VolumeInspectInfo): Volume {
  // The Engine writes null where there are none.
  return { name: Name, driver: Driver, driverOptions: Options ?? {}, labels: Labels ?? {}, path: Mountpoint };
}
