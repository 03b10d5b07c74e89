export { bullmqEngine } from "./redis/bullmq-engine.ts";
export type { BullmqEngineOptions } from "./redis/bullmq-options.ts";
export type {
  ConnectionPurpose,
  WatchConnection,
  WatchConnectionOptions,
} from "./redis/connect.ts";
