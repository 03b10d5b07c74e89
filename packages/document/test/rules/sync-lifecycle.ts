import type { Lifecycle } from "../../src/rules/lifecycle.ts";

/** The lifecycle of a sync, as its facts say; apart from the spec, so that a change there does not change these tests. */
export const syncLifecycle: Lifecycle = {
  property: "status",
  initial: "pending",
  order: ["pending", "preparing", "data_fetching", "ingesting", "completed"],
  terminal: {
    completed: "success",
    failed: "failure",
    stopped: "cancelled",
    skipped: "nothing-done",
  },
};
