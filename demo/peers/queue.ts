import { context, type Context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import { inSpan } from '../telemetry/in-span';
import { simulateWork } from './simulated-work';

const TOPICS = ['track.uploaded', 'order.paid'] as const;
export type Topic = (typeof TOPICS)[number];

/** A message as the broker carries it: the headers hold the W3C trace context and baggage, as HTTP's would. */
export interface QueueMessage {
  readonly id: string;
  readonly topic: Topic;
  readonly headers: Readonly<Record<string, string>>;
}

export type Publish = (topic: Topic) => Promise<void>;

/** Publishes with a PRODUCER span (semantic conventions, "Messaging"). `send` hands the message to the broker. */
export function createPublisher(random: Random, send: (message: QueueMessage) => void): Publish {
  return (topic) => {
    const id = randomUUID();
    return inSpan(`publish ${topic}`, { kind: SpanKind.PRODUCER, attributes: messagingAttributes(topic, id, 'publish', 'send') }, async () => {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      await simulateWork(random, { medianMs: 1.5 });
      send({ id, topic, headers });
    });
  };
}

/**
 * Handles a message in a CONSUMER span: a child of the publishing span, so that a trace shows the whole of an upload, and
 * linked to it, as the conventions ask, for tools that draw links.
 */
export function consume(message: QueueMessage, handle: () => Promise<void>): Promise<void> {
  const sender: Context = propagation.extract(ROOT_CONTEXT, message.headers);
  const producer = trace.getSpanContext(sender);
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: messagingAttributes(message.topic, message.id, 'process', 'process'),
    links: producer ? [{ context: producer }] : [],
  };
  return inSpan(`process ${message.topic}`, options, handle, sender);
}

function messagingAttributes(topic: Topic, id: string, operation: string, operationType: 'send' | 'process') {
  return {
    'messaging.system': 'rabbitmq',
    'messaging.destination.name': topic,
    'messaging.operation.name': operation,
    'messaging.operation.type': operationType,
    'messaging.message.id': id,
    'server.address': 'rabbitmq.veza.internal',
    'server.port': 5672,
  };
}
