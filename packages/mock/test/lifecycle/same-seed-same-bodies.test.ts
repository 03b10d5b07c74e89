import { expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";
import type { MockServer } from "../../src/index.ts";
import { read } from "../read.ts";

async function story(mock: MockServer): Promise<string[]> {
  const texts: string[] = [];
  for (const ending of ["completed", "failed"]) {
    const sync = mock.sync({ type: "incremental_sync" }).follow(ending);
    for (let poll = 0; poll < 7; poll++) texts.push((await read(mock, sync.path)).text);
  }
  texts.push((await read(mock, mock.sync().at("ingesting").path)).text);
  return texts;
}

test("gives the same bodies for the same seed, in another process of time too, and after a reset", async () => {
  await using one = await startMockServer({ seed: 7 });
  await using other = await startMockServer({ seed: 7 });
  const first = await story(one);
  expect(await story(other)).toEqual(first);
  one.reset();
  expect(await story(one)).toEqual(first);
});

test("gives other ids for another seed, and for none", async () => {
  await using one = await startMockServer({ seed: 7 });
  await using other = await startMockServer({ seed: 8 });
  await using none = await startMockServer();
  const ids = [one, other, none].map((mock) => mock.sync().id);
  expect(new Set(ids).size).toBe(3);
});
