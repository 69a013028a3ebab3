/** A Docker Engine that the chaos may kill. */
export interface Engine {
  /** `unix://…`. */
  readonly host: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** The traces of tasks in it, once all tasks are stopped and cleaned up: names and paths. */
  leftovers(): Promise<Readonly<Record<"containers" | "volumes" | "mounts" | "networks", readonly string[]>>>;
  /** The directory of a volume's files. */
  volumePath(name: string): string;
  /** What the Engine itself leaves when it is killed, whoever uses it. */
  own(): { readonly engineMounts: number; readonly engineProcesses: number };
}
