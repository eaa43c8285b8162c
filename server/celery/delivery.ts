/**
 * One event message as it came from the wire, not yet read. `envelope` is kombu's virtual transports (Redis, filesystem):
 * a JSON object that holds the body and its headers. `message` is AMQP, whose frames carry the headers apart.
 */
export type Delivery =
  | { readonly kind: 'envelope'; readonly bytes: Buffer }
  | {
      readonly kind: 'message';
      readonly body: Buffer;
      readonly contentType: string;
      readonly contentEncoding: string;
      readonly compression: string | null;
    };
