import { Redis } from "ioredis";

/** What Redis says of itself. */
export interface RedisCost {
  readonly commands: number;
  /** Commands that came over the network, of which the scripts are made of many more. */
  readonly calls: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly usedBytes: number;
  readonly cpuS: number;
}

const fieldOf = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:([\\d.]+)`, "mu").exec(info)?.[1] ?? 0);

/** Sent from inside of scripts only, or nearly so. */
function networkCalls(info: string): number {
  const calls = [...info.matchAll(/^cmdstat_(\w+):calls=(\d+)/gmu)];
  const fromClients = new Set(["evalsha", "eval", "bzpopmin", "hgetall", "ping", "time"]);
  return calls
    .filter(([, name = ""]) => fromClients.has(name))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** Reads the counters. */
export async function readRedisCost(url: string): Promise<RedisCost> {
  const redis = new Redis(url);
  try {
    const info = await redis.info();
    const commandInfo = await redis.info("commandstats");
    return {
      commands: fieldOf(info, "total_commands_processed"),
      calls: networkCalls(commandInfo),
      bytesIn: fieldOf(info, "total_net_input_bytes"),
      bytesOut: fieldOf(info, "total_net_output_bytes"),
      usedBytes: fieldOf(info, "used_memory"),
      cpuS: fieldOf(info, "used_cpu_user") + fieldOf(info, "used_cpu_sys"),
    };
  } finally {
    redis.disconnect();
  }
}

/** The difference of two readings. */
export function costBetween(before: RedisCost, after: RedisCost): RedisCost {
  return {
    commands: after.commands - before.commands,
    calls: after.calls - before.calls,
    bytesIn: after.bytesIn - before.bytesIn,
    bytesOut: after.bytesOut - before.bytesOut,
    usedBytes: after.usedBytes - before.usedBytes,
    cpuS: after.cpuS - before.cpuS,
  };
}
