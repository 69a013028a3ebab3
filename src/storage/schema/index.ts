export type { Tables } from "../migrations/index.ts";
