/** One version that a session was given the value of, as the audit trail has it. */
export interface TrailRead {
  readonly arn: string;
  readonly version: string;
  /** What the request named: a secret's id with its stage and version, or names of parameters. */
  readonly asked: {
    readonly secretId?: string;
    readonly versionStage?: string;
    readonly versionId?: string;
    readonly names?: readonly string[];
  };
}

/** What a task's execution role has read in a region, newest first: its session has the task's id as its name. */
export type TrailReads = (session: {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly since: Date;
}) => Promise<readonly TrailRead[]>;
