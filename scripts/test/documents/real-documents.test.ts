import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkDocument } from "../../generate/check-document.ts";
import { runMethods } from "../generate/support/run-methods.ts";

const folder = join(import.meta.dirname, "tools");
const tools = createRequire(join(folder, "package.json"));
// Prism's types are not installed beside the tests.
const { createLogger } = tools("@stoplight/prism-core");
const { getHttpOperationsFromSpec } = tools("@stoplight/prism-http");
const { createServer } = tools("@stoplight/prism-http-server");

interface DocumentCase {
  readonly document: string;
  readonly version: "3.0" | "3.1";
  readonly method: string;
  readonly params: object;
  /** What follows the origin in the request. */
  readonly sent: string;
}

const openPayments = "@interledger/open-payments/dist/openapi/specs";
const signature = { "Signature-Input": "sig1=()", Signature: "sig1=:aGk=:" };
const id = "123e4567-e89b-12d3-a456-426614174000";

const cases: readonly DocumentCase[] = [
  {
    document: "@figma/rest-api-spec/openapi/openapi.yaml",
    version: "3.1",
    method: "getImages",
    params: { file_key: "a/b", ids: "1:2,3:4", scale: 2, format: "svg" },
    sent: "GET /v1/images/a%2Fb?ids=1%3A2%2C3%3A4&scale=2&format=svg",
  },
  {
    document: "rclone-openapi/openapi.json",
    version: "3.1",
    method: "operationsCopyfile",
    params: { srcFs: "drive:", srcRemote: "a b", _async: true },
    sent: "POST /operations/copyfile?srcFs=drive%3A&srcRemote=a%20b&_async=true",
  },
  {
    document: `${openPayments}/auth-server.yaml`,
    version: "3.1",
    method: "postContinue",
    params: { id: "4CF492MLVMSW9MKMXKHQ", body: { interact_ref: id } },
    sent: "POST /continue/4CF492MLVMSW9MKMXKHQ",
  },
  {
    document: `${openPayments}/resource-server.yaml`,
    version: "3.1",
    method: "listIncomingPayments",
    params: { "wallet-address": "https://ilp.example/alice", first: 10, ...signature },
    sent: "GET /incoming-payments?wallet-address=https%3A%2F%2Filp.example%2Falice&first=10",
  },
  {
    document: `${openPayments}/wallet-address-server.yaml`,
    version: "3.1",
    method: "getWalletAddress",
    params: {},
    sent: "GET /",
  },
  {
    document: "@blockfrost/openapi/openapi.yaml",
    version: "3.0",
    method: "getBlocksEpochEpochNumberSlotSlotNumber",
    params: { epoch_number: 219, slot_number: 30895909 },
    sent: "GET /blocks/epoch/219/slot/30895909",
  },
  {
    document: "@directus/specs/dist/openapi.json",
    version: "3.0",
    method: "getActivities",
    params: { fields: ["*"], sort: ["-timestamp", "id"], limit: 5 },
    sent: "GET /activity?limit=5&fields=*&sort=-timestamp,id",
  },
  {
    document: "@digdir/dialogporten-schema/swagger.verified.json",
    version: "3.0",
    method: "V1EndUserDialogsQueriesGetActivity_DialogActivity",
    params: { dialogId: id, activityId: id, "accept-Language": "nb" },
    sent: `GET /api/v1/enduser/dialogs/${id}/activities/${id}`,
  },
  {
    document: "shipengine-openapi/openapi.json",
    version: "3.0",
    method: "list_batch_errors",
    params: { batch_id: "se-28529731", page: 1, pagesize: 2 },
    sent: "GET /v1/batches/se-28529731/errors?page=1&pagesize=2",
  },
  {
    document: "@readme/oas-examples/3.0/json/form-data.json",
    version: "3.0",
    method: "demoFormData",
    params: { body: { client_id: "a", client_secret: "b c", scope: 1 } },
    sent: "POST /anything",
  },
];

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A server of the document that refuses requests which are not what it says. */
async function startPrism(document: object): Promise<string> {
  const server = createServer(await getHttpOperationsFromSpec(document), {
    cors: true,
    config: {
      isProxy: false,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: false,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("mock", { level: "silent" }) },
  });
  servers.push(server);
  return server.listen(0, "127.0.0.1");
}

describe("a document that others publish", () => {
  test.each(cases)(
    "$document compiles, and a request of it is what the document says",
    async ({ document: file, version, method, params, sent }) => {
      const { document } = await checkDocument(join(folder, "node_modules", file), { cwd: folder });
      expect(document.version).toBe(version);
      const { errors, client } = await runMethods(document);
      expect(errors).toBe("");
      const origin = await startPrism(structuredClone(document.value));
      const request = client[`${method}Request`]?.(origin, params);
      expect(`${request?.method} ${request?.url.slice(origin.length)}`).toBe(sent);
      const init = { method: request?.method, headers: request?.headers, body: request?.body };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request as fetch takes it
      const response = await fetch(request?.url ?? "", init as RequestInit);
      const answer = await response.text();
      expect(response.status, `it answered ${answer}`).toBeLessThan(300);
    },
  );
});
