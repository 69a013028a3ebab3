import type { DescribeSecretResponse } from "@aws-sdk/client-secrets-manager";
import type { Wire } from "../../api/wire.ts";

export type Secret = Wire<DescribeSecretResponse>;
