import { kindOfName } from './kind-of-name';

it.each([
  ['redis', 'database'], ['orders-postgres', 'database'], ['PostgreSQL', 'database'], ['redis1', 'database'], ['s3.eu-west-1.amazonaws.com', 'database'],
  ['kafka-0.prod:9092', 'messaging'], ['billing_rabbitmq', 'messaging'],
  ['payment-api', undefined], ['oracles-of-delphi', undefined], ['', undefined], ['__proto__', undefined], ['constructor', undefined],
])('%s is a %s', (name, kind) => expect(kindOfName(name)).toBe(kind));
