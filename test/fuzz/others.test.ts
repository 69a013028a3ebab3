import { fuzz } from "./fuzz.ts";

fuzz("sts", "organizations", "cloudtrail", "logs", "ecr");
