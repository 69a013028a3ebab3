/** The query is not well-formed, or has what Sealift does not implement. `start` and `end` are its place in the query. */
export class MalformedQuery extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
