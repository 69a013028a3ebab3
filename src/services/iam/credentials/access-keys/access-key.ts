export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  readonly createdAt: Date;
}
