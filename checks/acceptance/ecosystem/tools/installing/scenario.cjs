// A program that waits for a sync of the mock, with whatever loaded the two packages; the last line says what it found.
module.exports = async function run({ createSyncLogClient, NotFoundError }, { startMockServer }) {
  const mock = await startMockServer();
  try {
    const client = createSyncLogClient({ apiKey: "q_sk_test", baseUrl: mock.url });
    const sync = mock.sync().follow("completed");
    const { status } = await client.waitForSyncLog(sync, { minIntervalMs: 1, maxIntervalMs: 5 });
    const absent = { ...sync, id: sync.id.replace(/.$/, (last) => (last === "0" ? "1" : "0")) };
    const error = await client.getSyncLog(absent).catch((thrown) => thrown);
    const page = await fetch(new URL("/_mock/", mock.url));
    return { status, error: error instanceof NotFoundError && error.code, page: page.status };
  } finally {
    await mock.close();
  }
};
