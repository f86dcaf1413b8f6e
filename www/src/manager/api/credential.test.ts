import { expect, test } from 'vitest';
import { credentialIn, keyOf } from './credential';

const key = '0123456789abcdef0123456789abcdef';
const token = key + key;

test('the printed link, its key alone and a token are each told apart', () => {
  expect(credentialIn(` http://127.0.0.1:8080/manager/#key=${key}\n`)).toEqual({ key });
  expect(credentialIn(key.toUpperCase())).toEqual({ key });
  expect(credentialIn(token)).toEqual({ token });
});

test.each(['', 'hola', key.slice(1), `${token}0`, `${key} ${key}`, key.replace('0', 'x')])(
  '%j is neither key nor token',
  (pasted) => expect(credentialIn(pasted)).toBeNull(),
);

test('a fragment names a key only as the printed link does', () => {
  expect(keyOf(`#key=${key}`)).toEqual({ key });
  expect(keyOf('#key=')).toEqual({ key: '' });
  expect(keyOf('')).toBeNull();
  expect(keyOf(`#pair=ABCDEFGH&key=${token}`)).toBeNull();
});
