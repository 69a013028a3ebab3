import { fuzz } from "./fuzz.ts";

fuzz("secrets-manager", "ssm", "signin");
