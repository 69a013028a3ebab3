import { fuzz } from "./fuzz.ts";

fuzz("iam");
