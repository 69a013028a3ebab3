export interface LeaseTables {
  /** What one replica at a time does, and the replicas that are alive themselves. */
  leases: {
    name: string;
    /** Id of the replica. */
    holder: string;
    /** By the database's clock; from then on another replica may take it. */
    expires_at: number;
  };
}
