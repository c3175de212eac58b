// The same messages to oidc-provider and to the portal, and what each answers: node compare.mjs <issuer> <initial access token>
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [, , portal, initialAccessToken] = process.argv;
// It tells of itself what it would rather not be run with.
console.warn = console.info = () => {};

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const other = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(other, {
  features: {
    registration: { enabled: true, initialAccessToken },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
  },
});
server.on('request', provider.callback());

async function endpoint(issuer) {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  return (await answer.json()).registration_endpoint;
}

async function send(method, address, token, body) {
  const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { 'Content-Type': 'application/json' }) };
  const answer = await fetch(address, { method, headers, body: typeof body === 'object' ? JSON.stringify(body) : body });
  const text = await answer.text();
  return { status: answer.status, ...(text && JSON.parse(text)) };
}

const web = 'https://compared.supplier.co.uk/callback';
const key = { kty: 'EC', crv: 'P-256', x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM' };
const status = (answer) => [answer.status, answer.error].filter(Boolean).join(' ');
const withMember = (name) => (answer) => `${status(answer)}${name in answer ? ' with ' : ' without '}${name}`;
const withValues = (name) => (answer) => [status(answer), ...(answer[name] ?? [])].join(' ');

/** What is sent to register, and what is told of the answer. */
const registering = {
  'no method': [{ redirect_uris: [web] }, (answer) => `${status(answer)} ${answer.token_endpoint_auth_method}`],
  'defaults of OpenID Connect': [{ redirect_uris: [web] }, withMember('id_token_signed_response_alg')],
  'the time at which the secret ends': [{ redirect_uris: [web] }, (answer) => `${status(answer)} ${answer.client_secret_expires_at}`],
  'a member that is not known': [{ redirect_uris: [web], shoe_size: 43 }, withMember('shoe_size')],
  'method `none`': [{ redirect_uris: [web], token_endpoint_auth_method: 'none' }, status],
  'a method that there is not': [{ redirect_uris: [web], token_endpoint_auth_method: 'handshake' }, status],
  'grant type `refresh_token` beside the code': [
    { redirect_uris: [web], grant_types: ['authorization_code', 'refresh_token'] },
    withValues('grant_types'),
  ],
  'grant type `client_credentials` alone': [{ redirect_uris: [web], grant_types: ['client_credentials'] }, status],
  'response type `token` alone': [{ redirect_uris: [web], response_types: ['token'] }, status],
  'no redirect URI': [{}, status],
  'a redirect URI with `http:`': [{ redirect_uris: ['http://compared.supplier.co.uk/callback'] }, status],
  'a redirect URI with a fragment': [{ redirect_uris: [`${web}#part`] }, status],
  'a redirect URI that is none': [{ redirect_uris: ['callback'] }, status],
  'redirect URIs as a text': [{ redirect_uris: web }, status],
  '`jwks` by value': [
    { redirect_uris: [web], token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [key] } },
    status,
  ],
  '`private_key_jwt` without keys': [{ redirect_uris: [web], token_endpoint_auth_method: 'private_key_jwt' }, status],
  '`client_secret_jwt` with `HS512`': [
    { redirect_uris: [web], token_endpoint_auth_method: 'client_secret_jwt', token_endpoint_auth_signing_alg: 'HS512' },
    status,
  ],
  'no JSON': ['{', status],
};

async function answers(issuer) {
  const register = await endpoint(issuer);
  const told = {};
  for (const [what, [body, tell]] of Object.entries(registering)) {
    told[what] = tell(await send('POST', register, initialAccessToken, body));
  }
  const body = { redirect_uris: [web], client_name: 'Compared' };
  told['no token'] = status(await send('POST', register, undefined, body));
  told['a token that is none'] = status(await send('POST', register, 'made-up', body));
  const made = await send('POST', register, initialAccessToken, body);
  const place = made.registration_client_uri;
  const token = made.registration_access_token;
  const whole = { ...body, client_id: made.client_id };
  told['reading'] = withMember('client_secret')(await send('GET', place, token));
  told['reading with a token that is none'] = status(await send('GET', place, 'made-up'));
  told['replacing without `client_id`'] = status(await send('PUT', place, token, body));
  told['replacing with `registration_access_token`'] = status(
    await send('PUT', place, token, { ...whole, registration_access_token: token }),
  );
  told['replacing with another `client_secret`'] = status(await send('PUT', place, token, { ...whole, client_secret: 'other' }));
  const replaced = await send('PUT', place, token, whole);
  told['replacing'] = status(replaced);
  told['the same again, with the token that has ended'] = status(await send('PUT', place, token, whole));
  told['reading with the token that has ended'] = status(await send('GET', place, token));
  const last = replaced.registration_access_token;
  told['deleting'] = status(await send('DELETE', place, last));
  told['deleting again'] = status(await send('DELETE', place, last));
  return told;
}

const there = await answers(other);
const here = await answers(portal);
server.close();
console.log(JSON.stringify(Object.keys(there).map((what) => ({ what, there: there[what], here: here[what] }))));
