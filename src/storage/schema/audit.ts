export interface AuditTables {
  /** Events of one account, region and slot of time that were written together. Each process chains its own by hash. */
  cloudtrail_batches: {
    /** The stream's number and the number of the batch's last event in it. */
    position: number;
    account: string;
    region: string;
    /** The 20 ms in which its events were made, counted from 1970. */
    slot: number;
    hash: Uint8Array;
    /** The inputs of a denial: UTF-8 JSON. Such a batch has one event. */
    decision: Uint8Array | null;
    /** The whole events: UTF-8 JSON lines. Last, so that the others are read without it. */
    events: Uint8Array;
  };
  /** The seconds in which there are events with an attribute. Many events of one second share a row. */
  cloudtrail_terms: { account: string; region: string; term: string; second: number };
  /** One row for each process that has written, and one with the number 0 that counts them. */
  cloudtrail_streams: {
    stream: number;
    /** Bytes written to the stream, and those of them that were cut off its beginning. */
    written: number;
    cut_bytes: number;
    /** Number and hash of the last event, sealed. */
    head: Uint8Array;
    /** Number and hash of the last event that retention removed, sealed. */
    cut: Uint8Array | null;
  };
  /** Events that services recorded in their own transactions and that are still to be chained: sealed JSON. */
  cloudtrail_pending: { event_id: string; event: Uint8Array };
}
