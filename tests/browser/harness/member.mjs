/**
 * A device that gets in as the protocol has it, without a page: only its name matters to a test.
 */
import { generateKeyPairSync, sign } from 'node:crypto';

/** Uses up the code; resolves with the device, and the token that the laptop gave it. */
export async function letIn(laptop, code, name) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const device = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  const own = Buffer.from((await laptop.ask('/hello')).device, 'hex');
  const signed = ['chasqui pairing 1', own, device, code.replace('-', ''), name];
  const message = Buffer.concat(signed.map((part) => Buffer.from(part)));
  const proof = sign(null, message, privateKey).toString('hex');
  const request = { code, device: device.toString('hex'), name, proof };
  // As from a page: what comes in without one is listed as a laptop.
  const headers = { 'Content-Type': 'application/json', Origin: 'https://127.0.0.1:8443' };
  const body = JSON.stringify(request);
  const answer = await fetch(`${laptop.origin}/api/v1/pairings`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${name} was not let in: ${await answer.text()}`);
  return { device: request.device, token: (await answer.json()).token };
}
