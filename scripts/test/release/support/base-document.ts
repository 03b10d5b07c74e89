/** JSON that a case may change wherever it likes. */
// oxlint-disable-next-line typescript/no-explicit-any -- a case walks a document it knows, without a guard at each step.
export type Editable = any;

/** A small document with a request body, parameters, enums in both directions, unions and nullable properties. */
export function baseDocument(): Editable {
  return structuredClone({
    openapi: "3.1.1",
    info: { title: "Pets", version: "1.0.0", description: "Pets and their owners." },
    servers: [{ url: "https://pets.example" }],
    security: [{ key: [] }],
    paths: {
      "/pets/{petId}": {
        get: {
          operationId: "getPet",
          parameters: [
            {
              name: "petId",
              in: "path",
              required: true,
              schema: { $ref: "#/components/schemas/PetId" },
            },
            { name: "fields", in: "query", schema: { type: "string", enum: ["name", "age"] } },
            { name: "limit", in: "query", schema: { type: "integer", maximum: 100, default: 10 } },
          ],
          responses: {
            200: {
              description: "A pet",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
            },
            404: {
              description: "None",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
            },
          },
        },
      },
      "/pets": {
        post: {
          operationId: "createPet",
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/NewPet" } } },
          },
          responses: {
            201: {
              description: "Created",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } },
      schemas: {
        PetId: { type: "string" },
        Pet: {
          type: "object",
          required: ["id", "status", "owner", "place"],
          properties: {
            id: { $ref: "#/components/schemas/PetId" },
            status: { $ref: "#/components/schemas/PetStatus" },
            born: { type: "string", format: "date", description: "The day of birth." },
            nick: { type: "string" },
            tags: { type: "array", items: { type: "string" } },
            owner: {
              type: "object",
              required: ["name"],
              properties: { name: { type: "string" }, phone: { type: ["string", "null"] } },
            },
            place: {
              oneOf: [
                { $ref: "#/components/schemas/House" },
                { $ref: "#/components/schemas/Garden" },
              ],
            },
          },
        },
        PetStatus: { type: "string", enum: ["free", "taken"] },
        House: { type: "object", required: ["rooms"], properties: { rooms: { type: "integer" } } },
        Garden: { type: "object", required: ["trees"], properties: { trees: { type: "integer" } } },
        NewPet: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string", maxLength: 20 },
            kind: { type: "string", enum: ["cat", "dog"] },
            age: { type: "integer" },
          },
        },
        Problem: { type: "object", required: ["code"], properties: { code: { type: "integer" } } },
      },
    },
  });
}
