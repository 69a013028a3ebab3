/**
 * The paths of what Sealift answers beside the APIs of AWS. Commands call them; they stand apart from what answers there, so
 * that a command does not load the server.
 */

/** The path at which the first account's root user makes the access keys of other accounts' root users. */
export const rootAccessKeysPath = "/_sealift/root-access-key";

/** The path at which everything is emptied, where that is allowed. */
export const resetPath = "/_sealift/reset";

/** The path at which programs read what tasks use. */
export const taskStatsPath = "/_sealift/task-stats";

/** The path at which programs ask for the output of a container that no service keeps. */
export const taskLogsPath = "/_sealift/task-logs";
