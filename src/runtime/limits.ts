export interface Limits {
  /**
   * Limits the containers of a task together. May be called again for the same task. Rejects with `CannotLimitTaskError` where the
   * engine cannot be asked.
   */
  open(limit: TaskLimit): Promise<TaskLimits>;

  /** Takes the limit away. One that does not exist is no error; one whose containers run yet is. Rejects with `CannotLimitTaskError`. */
  close(task: string): Promise<void>;
}

export interface TaskLimit {
  /** The last part of the task's ARN. */
  readonly task: string;
  /** vCPUs. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
}

/** What a limit comes to on this machine. */
export interface TaskLimits {
  /** The control group that holds the limit, for `CgroupParent`; absent where the machine cannot limit several containers together. */
  readonly parent?: string;
  /** No more than the machine has. */
  readonly cpu?: number;
  readonly memory?: number;
}
