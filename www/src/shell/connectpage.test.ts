import { expect, test } from 'vitest';
import { connectAddress } from './connectpage';

const page = new URL('https://10.42.0.1:8443/#/pair');

test.each([
  [
    'the host of this page first',
    ['http://192.168.0.7:8080', 'http://10.42.0.1:8081'],
    'http://10.42.0.1:8081/connect/',
  ],
  [
    'else any by plain http',
    ['https://10.42.0.1:8443', 'http://192.168.0.7:8080'],
    'http://192.168.0.7:8080/connect/',
  ],
  [
    'else the usual port',
    ['https://10.42.0.1:8443', 'no address'],
    'http://10.42.0.1:8080/connect/',
  ],
  ['where the laptop says nothing', [], 'http://10.42.0.1:8080/connect/'],
])('the onboarding page is found: %s', (_, addresses, expected) => {
  expect(connectAddress(page, addresses)).toBe(expected);
});
