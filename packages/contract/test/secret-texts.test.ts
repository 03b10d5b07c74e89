import { expect, test } from "vitest";
import { addressIn, isCredentialName, secretIn } from "../src/checks/secret-texts.ts";

test.for([
  ["password", true],
  ["db_password", true],
  ["userPasswordHash", true],
  ["X-Api-Key", true],
  ["clientSecret", true],
  ["accessToken", true],
  ["token", true],
  ["connectionString", true],
  ["nextPageToken", false],
  ["csrfToken", false],
  ["tokens", false],
  ["secretary", false],
  ["keyword", false],
  ["correlationId", false],
] as const)("%s is the name of a credential: %s", ([name, expected]) => {
  expect(isCredentialName(name)).toBe(expected);
});

test.for([
  ["AKIAIOSFODNN7EXAMPLE", "a credential"],
  ["ghp_0123456789abcdefghijABCDEFGHIJ012345", "a credential"],
  ["-----BEGIN RSA PRIVATE KEY-----", "a credential"],
  ["redis://:hunter2@cache:6379", "a credential"],
  ["Server=db;Password=hunter2;", "a credential"],
  ["$argon2id$v=19$m=65536,t=3,p=4$c2FsdA", "a credential"],
  ["postgres://app:***@db.example.com/app", undefined],
  ["https://app:xxxxx@db.example.com", undefined],
  ["Server=db;Password=<redacted>;", undefined],
  ["Basic authentication is not supported", undefined],
  ["Bearer abcdefghijklmnop1", "a credential"],
  ["10.0.0.7", "an internal address"],
  ["http://172.20.1.1:9200/_search", "an internal address"],
  ["[fd12:3456:789a::1]:443", "an internal address"],
  ["metadata at 169.254.169.254", "an internal address"],
  ["db.default.svc.cluster.local:5432", "an internal address"],
  ["http://localhost:3000", "an internal address"],
  ["https://docs.example.com/a", undefined],
  ["203.0.113.9", undefined],
  ["1.10.0.7", undefined],
  ["nginx/10.2.3.4", undefined],
  ["mailto:ann@example.com", undefined],
  ["The local sync is not internal.", undefined],
  ["2026-03-01T08:00:00.000Z", undefined],
] as const)("%s looks like %s", ([text, expected]) => {
  expect(secretIn(text)).toBe(expected);
});

test("what cannot be matched takes no time, however long it is", () => {
  const texts = [
    "a://".repeat(20_000),
    "10.".repeat(20_000),
    "fd00:".repeat(20_000),
    "eyJ-.".repeat(20_000),
  ];
  for (const text of texts) {
    const start = performance.now();
    secretIn(text);
    addressIn(text);
    isCredentialName(text);
    expect(performance.now() - start).toBeLessThan(500);
  }
});
