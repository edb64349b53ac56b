// The audits of GraphQL over HTTP, as the makers of npm graphql-http wrote them: MUST, SHOULD and MAY.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { endpoint } from '../lib/site.js';

const audits = serverAudits({ url: endpoint });

test('there are 61 audits', () => assert.equal(audits.length, 61));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const { status, reason } = await audit.fn();
    assert.equal(status, 'ok', reason);
  });
}
