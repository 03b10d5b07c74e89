// A page of the watches, at http://127.0.0.1:3000:
// npm install @bull-board/api @bull-board/express express bullmq@~6.7.0 && node bull-board.mjs
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import { Queue } from "bullmq";
import express from "express";

const { REDIS_URL: url = "redis://127.0.0.1:6379", PORT: port = "3000" } = process.env;
const queues = ["polls", "outcomes"].map((name) => {
  const queue = new Queue(name, { connection: { url }, prefix: "{sync-log}" });
  // Read only: `sync-log-watcher redrive` and `cancel` know what belongs together.
  return new BullMQAdapter(queue, { readOnlyMode: true });
});
const serverAdapter = new ExpressAdapter();
createBullBoard({ queues, serverAdapter });

// Whoever sees it sees ids and metadata: on loopback, or behind a login of your own.
express().use("/", serverAdapter.getRouter()).listen(Number(port), "127.0.0.1");
