export interface Volumes {
  /** Makes a volume. One of the same name that exists already is kept as it is. Rejects with `CannotCreateVolumeError`. */
  create(volume: VolumeSpec): Promise<void>;

  /** Deletes a volume with its contents. One that does not exist is no error. Rejects with `CannotRemoveVolumeError`. */
  remove(name: string): Promise<void>;

  /** The volumes that this runtime made and that carry all of `labels`. Rejects with `CannotListVolumesError`. */
  list(labels: Readonly<Record<string, string>>): Promise<readonly Volume[]>;

  /** One volume, whoever made it; `undefined` if it does not exist. Rejects with `CannotInspectVolumeError`. */
  inspect(name: string): Promise<Volume | undefined>;
}

export interface VolumeSpec {
  readonly name: string;
  /** The runtime's own driver if absent. */
  readonly driver?: string;
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Volume {
  readonly name: string;
  readonly driver: string;
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Where it lies on the machine. */
  readonly path: string;
}
