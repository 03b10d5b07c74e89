import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { limiterWindow } from "../../src/redis/limiter-window.ts";
import { takePermit } from "../../src/redis/permits.ts";
import { createPulse } from "../../src/redis/pulse.ts";
import { closeQueues, openQueues } from "../../src/redis/queues.ts";
import { soundBackend } from "../../src/redis/sound-backend.ts";
import { mostWithin } from "../support/most-within.ts";
