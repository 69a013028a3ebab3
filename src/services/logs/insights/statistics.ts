/** What a query has looked at. */
export interface Statistics {
  recordsMatched: number;
  recordsScanned: number;
  bytesScanned: number;
  readonly logGroupsScanned: number;
}
