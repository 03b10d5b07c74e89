/** The options that every command has which talks to the service. */
export interface ConnectionOptions {
  readonly apiKey?: string;
  readonly baseUrl?: string;
  /** Of one request, in milliseconds. */
  readonly timeout?: number;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
