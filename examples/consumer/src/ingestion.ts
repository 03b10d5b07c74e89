/** Starts an ingestion, and gives the id of the sync log that tells what became of it. */
export type StartIngestion = (records: readonly unknown[]) => Promise<string>;

/** The ingestion endpoint of the team's pipeline, which answers with `{ "syncLogId": "sync_…" }`. */
export function createIngestion(url: string, apiKey: string): StartIngestion {
  return async (records) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "X-API-Key": apiKey },
      body: JSON.stringify({ records }),
    });
    const body: unknown = await response.json();
    if (response.ok && typeof body === "object" && body !== null && "syncLogId" in body) {
      if (typeof body.syncLogId === "string") return body.syncLogId;
    }
    throw new Error(`The ingestion was not started: it answered ${response.status}.`);
  };
}
