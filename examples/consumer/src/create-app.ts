import { Hono } from "hono";
import type { ImportTracker } from "./import-tracker.ts";

/** The service: `POST /imports` starts an import, `GET /imports/ID` tells what became of it. */
export function createApp(tracker: ImportTracker): Hono {
  const app = new Hono();
  app.post("/imports", async (context) => {
    const records: unknown = await context.req.json().catch(() => undefined);
    if (!Array.isArray(records))
      return context.json({ error: "The body must be a list of records." }, 400);
    return context.json(await tracker.start(records), 202);
  });
  app.get("/imports/:id", async (context) => {
    const found = await tracker.find(context.req.param("id"));
    return found ? context.json(found) : context.json({ error: "There is no such import." }, 404);
  });
  return app;
}
