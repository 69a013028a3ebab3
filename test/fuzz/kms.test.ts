import { fuzz } from "./fuzz.ts";

fuzz("kms");
