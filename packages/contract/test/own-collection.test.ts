import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDocument } from "@qontext/sync-log-document";
import { expect, test } from "vitest";
import type { Report } from "../src/index.ts";
import { verify } from "../src/index.ts";

/** A shop whose orders are read by a parameter, and told apart by a property, of any names. */
interface Shop {
  readonly parameter: string;
  readonly property: string;
  readonly rules?: readonly string[];
}

type Order = Readonly<Record<string, string>>;

function documentOf({ parameter, property, rules = [] }: Shop): ReturnType<typeof openDocument> {
  const text = { type: "string" };
  const order = { $ref: "#/components/schemas/Order" };
  const inPath = (name: string): object => ({ name, in: "path", required: true, schema: text });
  const get = (
    operationId: string,
    names: readonly string[],
    schema: object,
    more = {},
  ): object => {
    const ok = { description: "", content: { "application/json": { schema } }, ...more };
    return { get: { operationId, parameters: names.map(inPath), responses: { 200: ok, 404: {} } } };
  };
  const invariants = rules.map((rule, index) => {
    return { id: `rule-${index}`, rule, message: "It is broken.", severity: "error" };
  });
  const list = { type: "object", properties: { orders: { type: "array", items: order } } };
  const ofList = invariants.length === 0 ? {} : { "x-invariants": invariants };
  return openDocument({
    openapi: "3.1.1",
    info: { title: "Shop", version: "1" },
    paths: {
      [`/shops/{shop}/orders/{${parameter}}`]: get("getOrder", ["shop", parameter], order),
      "/shops/{shop}/orders": get("listOrders", ["shop"], list, ofList),
    },
    components: {
      schemas: {
        Order: {
          type: "object",
          required: [property, "state"],
          properties: { [property]: text, state: text },
          "x-lifecycle": {
            property: "state",
            initial: "new",
            order: ["new", "sent"],
            terminal: { sent: "success" },
          },
        },
      },
    },
  });
}

async function verifyShop(
  shop: Shop,
  change: (orders: readonly Order[]) => readonly Order[] = (orders) => orders,
): Promise<Report> {
  const orders = Array.from({ length: 5 }, (_none, index): Order => {
    return { [shop.property]: `o${index}`, state: index === 2 ? "new" : "sent" };
  });
  const server = createServer(({ url = "" }, response) => {
    const [, path, id] = /^(\/shops\/s1\/orders)(?:\/(\w+))?(?:\?|$)/.exec(url) ?? [];
    const order = orders.find((one) => one[shop.property] === id);
    const body = path !== undefined && id === undefined ? { orders: change(orders) } : order;
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  try {
    return await verify({
      document: documentOf(shop),
      baseUrl: `http://127.0.0.1:${port}`,
      params: { shop: "s1", [shop.parameter]: ["o1", "o2"] },
      only: ["read", "keep-alive", "list", "query/overrides-path"],
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const shops: readonly Shop[] = [
  { parameter: "no", property: "no" },
  { parameter: "orderId", property: "id" },
  { parameter: "order", property: "id" },
  { parameter: "order", property: "no", rules: [`isUnique(self.orders, "no")`] },
];
const unknown: Shop = { parameter: "order", property: "no" };

test.for([...shops, unknown])(
  "an order in $property that is read by {$parameter} gets no alarm",
  async (shop) => {
    let lists = 0;
    const report = await verifyShop(shop, (orders) =>
      lists++ % 2 === 0 ? orders : orders.toReversed(),
    );
    expect(report.violations).toEqual([]);
    expect(report.verdict).toBe("conforms");
  },
);

test.for(shops)(
  "an order in $property that is read by {$parameter} is missed in the list",
  async (shop) => {
    const { violations } = await verifyShop(shop, (orders) => orders.toSpliced(1, 1));
    expect(violations.map(({ check }) => check)).toEqual(["list/item-missing"]);
  },
);
