export interface FileStores {
  /**
   * Opens an empty store in the machine's memory, for files that single containers of a task see (`ContainerSpec.files`). It lasts
   * until it is removed or its engine ends, and nothing of it is ever on a disk. Resolves to an id for all of `Containers` but
   * `start`. Rejects with `CannotCreateFileStoreError`.
   */
  open(store: FileStoreSpec): Promise<string>;

  /** The contents of all files in a store; `undefined` where it is gone. They are secret. */
  contents(id: string): Promise<readonly Buffer[] | undefined>;

  /**
   * Puts other files in place of those of a running container's replaceable directory, all of them at once, and signals the
   * container's program. A file that the new ones lack is left empty. It may be done again after a failure. Rejects with
   * `CannotReplaceFilesError`.
   */
  replace(files: FileReplacement): Promise<void>;
}

export interface FileReplacement {
  /** The id that `open` gave. */
  readonly store: string;
  /** The container's id, and the name that it was created with. */
  readonly id: string;
  readonly name: string;
  readonly directory: ReadonlyMap<string, FileContents>;
  /** Without `SIG`. */
  readonly signal: string;
}

export interface FileStoreSpec {
  readonly taskArn: string;
  /** The most that its files may take up. */
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Files of one container. They are its user's alone (0400), and nothing can be executed there. */
export interface ContainerFiles {
  /** The id that `open` gave. */
  readonly store: string;
  readonly mounts: readonly FileMount[];
}

/** A file at `path`, or a directory that holds these files and nothing else. */
export type FileMount =
  | { readonly path: string; readonly contents: FileContents }
  | {
      readonly path: string;
      readonly directory: ReadonlyMap<string, FileContents>;
      /** Its files may be replaced; a container has one such directory at most. No name in it begins with `..`. */
      readonly isReplaceable?: true;
    };

/** A text is written as UTF-8. */
export type FileContents = string | Uint8Array;
