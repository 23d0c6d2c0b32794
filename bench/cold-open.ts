/** A fresh process that opens one trace and prints its ratio: see open.bench.ts. Arguments: format, protobuf file, JSON file. */
import fs from 'node:fs';
import { firstOpenRatio } from './open.bench';

const [format, protobufFile, jsonFile] = process.argv.slice(2);
process.stdout.write(String(firstOpenRatio(format, new Uint8Array(fs.readFileSync(protobufFile)), new Uint8Array(fs.readFileSync(jsonFile)))));
