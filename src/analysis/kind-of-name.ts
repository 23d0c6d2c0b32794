/**
 * Names by which databases and brokers go, as OpenTelemetry's `db.system.name` and `messaging.system` list them, with those
 * of common hosted ones and the short forms that people give hosts.
 */
const DATABASES = [
  'aerospike', 'aurora', 'bigquery', 'cassandra', 'clickhouse', 'cockroachdb', 'cosmosdb', 'couchbase', 'couchdb', 'db2', 'duckdb', 'dynamodb', 'elasticsearch', 'etcd',
  'firestore', 'hbase', 'influxdb', 'mariadb', 'memcache', 'memcached', 'minio', 'mongo', 'mongodb', 'mssql', 'mysql', 'neo4j', 'opensearch', 'oracle', 'postgres',
  'postgresql', 'redis', 's3', 'scylladb', 'snowflake', 'solr', 'spanner', 'sqlite', 'sqlserver', 'valkey',
];
const BROKERS = ['activemq', 'artemis', 'eventhub', 'eventhubs', 'kafka', 'kinesis', 'mosquitto', 'mqtt', 'nats', 'pubsub', 'pulsar', 'rabbitmq', 'redpanda', 'rocketmq', 'servicebus', 'sns', 'sqs'];

const KINDS: ReadonlyMap<string, 'database' | 'messaging'> = new Map([...DATABASES.map((name) => [name, 'database'] as const), ...BROKERS.map((name) => [name, 'messaging'] as const)]);

/**
 * What a peer is likely to be that sends no spans, by a word of its name: `redis`, `orders-postgres`, `kafka-0.prod:9092`. A
 * guess, for where nothing else is known; undefined where no word tells.
 */
export function kindOfName(name: string): 'database' | 'messaging' | undefined {
  // Replicas are numbered: redis1 is a redis.
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return words.map((word) => KINDS.get(word) ?? KINDS.get(word.replace(/\d+$/, ''))).find((kind) => kind !== undefined);
}
