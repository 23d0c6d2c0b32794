import { createServer } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, freePortArgs, runStart, startProduct } from './testing/product';

const refusesConnections = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

describe('npm start', () => {
  it('says what its options are', async () => {
    const { code, stdout } = await runStart(['--help']);
    expect(code).toBe(0);
    for (const option of ['--port', '--tempo-port', '--otlp-http-port', '--otlp-grpc-port', '--data', '--no-demo', '--host', '--tempo', '--jaeger', '--zipkin']) {
      expect(stdout).toContain(option);
    }
  });

  it('ends cleanly on Ctrl-C and leaves nothing running', async () => {
    const product = await startProduct();
    const ports = [product.url, product.demoUrl, product.tempoUrl, product.otlpHttpUrl].map((url) => Number(new URL(url).port));
    expect(await product.stop()).toBe(0);
    expect(await Promise.all(ports.map(refusesConnections))).toEqual(ports.map(() => true));
  });

  it.each(['--port', '--tempo-port', '--otlp-http-port', '--otlp-grpc-port', '--demo-port'])('names the port in use: %s', async (option) => {
    const { args } = await freePortArgs();
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const address = blocker.address();
    const taken = String(address && typeof address === 'object' ? address.port : 0);
    const at = args.indexOf(option);
    args[at + 1] = taken;
    const { code, stderr } = await runStart([...args, '--data', mkdtempSync(join(tmpdir(), 'veza-e2e-'))]);
    blocker.close();

    expect(code).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(taken);
    expect(stderr).toContain(option);
    const others = args.filter((value) => /^\d+$/.test(value) && value !== taken).map(Number);
    expect(await Promise.all(others.map(refusesConnections))).toEqual(others.map(() => true));
  });

  it('names a data directory that cannot be written', async () => {
    const { args } = await freePortArgs();
    const { code, stderr } = await runStart([...args, '--no-demo', '--data', '/proc/veza']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('/proc/veza');
  });

  it.each(['--tempo', '--jaeger', '--zipkin'])('names an address that cannot be reached: %s', async (option) => {
    const { args } = await freePortArgs();
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await runStart([...args, '--no-demo', option, url]);
    expect(code).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(url);
  });
});
