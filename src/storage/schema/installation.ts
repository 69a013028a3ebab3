export interface InstallationTables {
  /** Facts about the database as a whole. */
  installation: {
    name: string;
    value: Uint8Array;
  };
}
