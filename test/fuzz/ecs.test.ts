import { fuzz } from "./fuzz.ts";

fuzz("ecs");
